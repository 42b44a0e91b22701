-- APP-06: subject and period of each finding, by hand, over the same rows.
SELECT a.number, '' FROM apprenticeship_apprenticeidentity a
WHERE a.period @> %(on)s::date AND (a.teacher_id IS NULL OR a.mentor_id IS NULL)
