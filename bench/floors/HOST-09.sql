-- HOST-09: subject and period of each finding, by hand, over the same rows.
SELECT o.code, '' FROM internships_placement p
JOIN internships_terms t ON t.placement_id = p.id AND t.period @> %(on)s::date
JOIN internships_post o ON o.id = t.post_id
WHERE p.kind = 'production' AND p.status = 'active' AND p.starts_on <= %(on)s::date AND p.last_on >= %(on)s::date
GROUP BY o.id HAVING count(*) > o.headcount * 0.20
