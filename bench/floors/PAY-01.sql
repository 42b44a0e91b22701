-- PAY-01: subject and period of each finding, by hand, over the same rows.
SELECT p.code, '' FROM internships_placement p
LEFT JOIN internships_terms t ON t.placement_id = p.id
    AND t.period @> greatest(p.starts_on, least(p.last_on, %(on)s::date))
WHERE p.status IN ('approved', 'active', 'ended')
    AND p.starts_on <= %(on)s::date + 30 AND p.last_on >= %(on)s::date - 365 AND p.kind = 'production' AND (t.agreed_pay IS NULL OR t.agreed_pay = 0)
