-- HOST-08: subject and period of each finding, by hand, over the same rows.
SELECT e.credit_code, '' FROM internships_placement p
JOIN internships_terms t ON t.placement_id = p.id AND t.period @> %(on)s::date
JOIN internships_post o ON o.id = t.post_id
JOIN people_enterprise e ON e.id = o.enterprise_id
WHERE p.kind = 'production' AND p.status = 'active' AND p.starts_on <= %(on)s::date AND p.last_on >= %(on)s::date
GROUP BY e.id HAVING count(*) > e.staff_count * 0.10
