-- APP-02: subject and period of each finding, by hand, over the same rows.
SELECT a.number, '' FROM apprenticeship_apprenticeidentity a
JOIN people_learneridentity l ON l.id = a.learner_id JOIN people_student s ON s.id = l.student_id
WHERE a.period @> %(on)s::date AND extract(year FROM age((lower(a.period) - 1)::timestamp, s.born_on::timestamp)) < 18
    AND (a.guardian_signed_on IS NULL OR a.guardian_signed_on > lower(a.period))
