-- ELIG-06: subject and period of each finding, by hand, over the same rows.
SELECT p.code, '' FROM internships_placement p
JOIN people_learneridentity l ON l.id = p.learner_id
WHERE p.status IN ('approved', 'active', 'ended')
    AND p.starts_on <= %(on)s::date + 30 AND p.last_on >= %(on)s::date - 365 AND p.status IN ('approved', 'active') AND l.status <> 'enrolled'
