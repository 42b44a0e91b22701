-- TIME-02: subject and period of each finding, by hand, over the same rows.
WITH long_week AS MATERIALIZED (
    SELECT a.placement_id, date_trunc('week', a.day::timestamp)::date AS week FROM internships_attendanceday a
JOIN internships_placement p ON p.id = a.placement_id
    WHERE p.status IN ('approved', 'active', 'ended')
    AND p.starts_on <= %(on)s::date + 30 AND p.last_on >= %(on)s::date - 365 AND a.status IN ('present', 'half_day') AND a.day <= %(on)s::date
    GROUP BY 1, 2 HAVING sum(a.hours) > 40
)
SELECT p.code, to_char(w.week::timestamp, 'IYYY-"W"IW') FROM long_week w
JOIN internships_placement p ON p.id = w.placement_id
JOIN internships_attendanceday a ON a.placement_id = w.placement_id
    AND a.day >= w.week AND a.day < w.week + 7 AND a.day <= %(on)s::date
    AND a.status IN ('present', 'half_day')
JOIN people_learneridentity l ON l.id = p.learner_id
JOIN people_student s ON s.id = l.student_id
LEFT JOIN internships_terms t ON t.placement_id = p.id AND t.period @> a.day
WHERE NOT EXISTS (
        SELECT FROM internships_filing f
        WHERE f.post_id = t.post_id AND f.matters @> ARRAY['overtime']::varchar[]
        AND f.filed_on < a.day AND f.period @> a.day
        AND (f.school_id IS NULL OR f.school_id = p.school_id)
        AND (f.major_code = '' OR f.major_code = l.major_code)
        AND extract(year FROM age((a.day - 1)::timestamp, s.born_on::timestamp)) >= 18)
GROUP BY 1, 2
