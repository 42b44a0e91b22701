-- SUP-01: subject and period of each finding, by hand, over the same rows.
SELECT p.code, '' FROM internships_placement p
LEFT JOIN internships_terms t ON t.placement_id = p.id
    AND t.period @> greatest(p.starts_on, least(p.last_on, %(on)s::date))
WHERE p.status IN ('active', 'ended') AND p.kind = 'production'
    AND p.starts_on <= %(on)s::date AND p.last_on >= %(on)s::date - 365 AND (t.teacher_id IS NULL OR t.mentor_id IS NULL)
