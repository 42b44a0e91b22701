-- HOST-07: subject and period of each finding, by hand, over the same rows.
SELECT p.code, '' FROM internships_placement p
JOIN people_learneridentity l ON l.id = p.learner_id
JOIN internships_terms t ON t.placement_id = p.id
    AND t.period @> greatest(p.starts_on, least(p.last_on, %(on)s::date))
JOIN internships_post o ON o.id = t.post_id
WHERE p.status IN ('approved', 'active', 'ended')
    AND p.starts_on <= %(on)s::date + 30 AND p.last_on >= %(on)s::date - 365 AND p.kind = 'production' AND cardinality(o.major_groups) > 0
    AND NOT lpad(mod(left(l.major_code, 2)::int, 20)::text, 2, '0') = ANY(o.major_groups)
