-- PAY-09: subject and period of each finding, by hand, over the same rows.
WITH paid AS (
    SELECT e.placement_id, e.month, sum(e.amount + coalesce((e.deductions ->> '个税')::numeric, 0)) AS paid
    FROM compensation_paymententry e
    WHERE e.reverses_id IS NULL AND e.paid_on <= %(on)s::date
    AND NOT EXISTS (SELECT FROM compensation_paymententry r WHERE r.reverses_id = e.id)
    AND e.method IN ('bank_transfer', 'cash') AND e.payer = 'host' AND e.payee = 'student'
    GROUP BY e.placement_id, e.month
), ripe AS (
    SELECT p.id, p.code, m.month, m.month_ends_on, m.first_on, m.last_on, m.workdays, paid.paid,
        closing.pay_basis, closing.agreed_pay, lower(closing.period) AS amended_on
    FROM internships_placement p
    JOIN internships_placementmonth m ON m.placement_id = p.id AND m.has_workday
    JOIN internships_terms closing ON closing.placement_id = p.id AND closing.period @> m.last_on
    LEFT JOIN paid ON paid.placement_id = p.id AND paid.month = m.month
    WHERE p.status IN ('active', 'ended') AND p.kind = 'production'
    AND p.starts_on <= %(on)s::date AND p.last_on >= %(on)s::date - 365
    AND m.month_ends_on + closing.pay_day < %(on)s::date
    AND EXISTS (SELECT FROM internships_terms t WHERE t.placement_id = p.id AND t.agreed_pay > 0
        AND t.period && daterange(m.first_on, m.last_on, '[]'))
), unpaid AS MATERIALIZED (
    SELECT * FROM ripe WHERE coalesce(paid, 0) = 0
)
SELECT u.code, to_char(u.month::timestamp, 'YYYY-MM') FROM unpaid u
WHERE NOT EXISTS (SELECT FROM internships_attendanceday a
        WHERE a.placement_id = u.id AND a.day BETWEEN u.first_on AND u.last_on)
    OR EXISTS (SELECT FROM internships_attendanceday a
        WHERE a.placement_id = u.id AND a.day BETWEEN u.first_on AND u.last_on
        AND (NOT a.confirmed OR a.status IN ('present', 'half_day', 'paid_leave')))
