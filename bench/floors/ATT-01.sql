-- ATT-01: subject and period of each finding, by hand, over the same rows.
WITH attended AS (
    SELECT a.placement_id, date_trunc('month', a.day::timestamp)::date AS month,
        count(*) AS rows, count(*) FILTER (WHERE NOT a.confirmed) AS unconfirmed
    FROM internships_attendanceday a JOIN internships_placement p ON p.id = a.placement_id
    WHERE p.status IN ('active', 'ended') AND p.kind = 'production'
    AND p.starts_on <= %(on)s::date AND p.last_on >= %(on)s::date - 365
    AND a.day < %(on)s::date AND a.day BETWEEN p.starts_on AND p.last_on
    GROUP BY 1, 2
)
SELECT p.code, to_char(m.month::timestamp, 'YYYY-MM') FROM internships_placement p
JOIN internships_placementmonth m ON m.placement_id = p.id AND m.has_workday
LEFT JOIN attended a ON a.placement_id = p.id AND a.month = m.month
WHERE p.status IN ('active', 'ended') AND p.kind = 'production'
    AND p.starts_on <= %(on)s::date AND p.last_on >= %(on)s::date - 365
    AND m.month_ends_on + 5 < %(on)s::date AND (a.rows IS NULL OR a.unconfirmed > 0)
