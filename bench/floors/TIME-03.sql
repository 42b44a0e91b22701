-- TIME-03: subject and period of each finding, by hand, over the same rows.
SELECT p.code, to_char(a.day::timestamp, 'YYYY-MM') FROM internships_attendanceday a
JOIN internships_placement p ON p.id = a.placement_id
JOIN common_calendarday c ON c.day = a.day
JOIN people_learneridentity l ON l.id = p.learner_id
JOIN people_student s ON s.id = l.student_id
LEFT JOIN internships_terms t ON t.placement_id = p.id AND t.period @> a.day
WHERE p.status IN ('approved', 'active', 'ended')
    AND p.starts_on <= %(on)s::date + 30 AND p.last_on >= %(on)s::date - 365 AND a.status IN ('present', 'half_day') AND a.day <= %(on)s::date AND (
    (c.kind = 'rest_day' AND NOT EXISTS (
        SELECT FROM internships_filing f
        WHERE f.post_id = t.post_id AND f.matters @> ARRAY['rest_day']::varchar[]
        AND f.filed_on < a.day AND f.period @> a.day
        AND (f.school_id IS NULL OR f.school_id = p.school_id)
        AND (f.major_code = '' OR f.major_code = l.major_code)))
    OR (c.kind = 'statutory_holiday' AND NOT EXISTS (
        SELECT FROM internships_filing f
        WHERE f.post_id = t.post_id AND f.matters @> ARRAY['holiday']::varchar[]
        AND f.filed_on < a.day AND f.period @> a.day
        AND (f.school_id IS NULL OR f.school_id = p.school_id)
        AND (f.major_code = '' OR f.major_code = l.major_code))))
GROUP BY 1, 2
