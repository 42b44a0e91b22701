-- HOST-10: subject and period of each finding, by hand, over the same rows.
WITH summed AS (
    SELECT p.learner_id, sum(p.last_on - p.starts_on + 1) AS days,
        bool_or(p.status IN ('approved', 'active', 'ended')
    AND p.starts_on <= %(on)s::date + 30 AND p.last_on >= %(on)s::date - 365) AS standing
    FROM internships_placement p
    WHERE p.kind = 'production' AND p.status IN ('approved', 'active', 'ended')
    GROUP BY p.learner_id
)
SELECT c.code || ':' || l.student_number, '' FROM summed
JOIN people_learneridentity l ON l.id = summed.learner_id JOIN people_school c ON c.id = l.school_id
WHERE summed.standing AND summed.days > 184
