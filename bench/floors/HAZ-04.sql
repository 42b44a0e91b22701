-- HAZ-04: subject and period of each finding, by hand, over the same rows.
SELECT p.code, '' FROM internships_placement p
JOIN internships_terms t ON t.placement_id = p.id
    AND t.period @> greatest(p.starts_on, least(p.last_on, %(on)s::date))
JOIN internships_post o ON o.id = t.post_id
WHERE p.status IN ('approved', 'active', 'ended')
    AND p.starts_on <= %(on)s::date + 30 AND p.last_on >= %(on)s::date - 365 AND p.kind = 'production' AND o.labour_grade IN ('III', 'IV')
