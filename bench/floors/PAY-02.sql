-- PAY-02: subject and period of each finding, by hand, over the same rows.
SELECT p.code, '' FROM internships_placement p
JOIN internships_terms t ON t.placement_id = p.id
    AND t.period @> greatest(p.starts_on, least(p.last_on, %(on)s::date))
JOIN internships_post o ON o.id = t.post_id
WHERE p.status IN ('approved', 'active', 'ended')
    AND p.starts_on <= %(on)s::date + 30 AND p.last_on >= %(on)s::date - 365 AND p.kind = 'production' AND p.status IN ('approved', 'active')
    AND t.agreed_pay > 0
    AND t.agreed_pay * CASE t.pay_basis WHEN 'daily' THEN 21.75 WHEN 'hourly' THEN 174 ELSE 1 END
        < least(o.wage_standard * 0.80, o.lowest_wage)
