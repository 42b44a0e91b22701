-- AGR-04: subject and period of each finding, by hand, over the same rows.
SELECT p.code, to_char(a.day::timestamp, 'YYYY-MM')
FROM internships_attendanceday a JOIN internships_placement p ON p.id = a.placement_id
WHERE p.status IN ('approved', 'active', 'ended')
    AND p.starts_on <= %(on)s::date + 30 AND p.last_on >= %(on)s::date - 365
    AND a.status IN ('present', 'half_day') AND a.day <= %(on)s::date
    AND (a.day < p.starts_on OR a.day > p.last_on)
GROUP BY 1, 2
