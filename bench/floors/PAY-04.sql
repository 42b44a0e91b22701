-- PAY-04: subject and period of each finding, by hand, over the same rows.
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
), doubtful AS MATERIALIZED (
    SELECT * FROM ripe
    WHERE paid > 0 AND (pay_basis IN ('daily', 'hourly') OR agreed_pay > paid OR amended_on > first_on)
), episode AS (
    SELECT d.id, d.code, d.month, d.workdays, d.paid, t.agreed_pay, t.pay_basis,
        count(*) FILTER (WHERE a.status IN ('present', 'paid_leave'))
            + 0.5 * count(*) FILTER (WHERE a.status = 'half_day') AS units,
        coalesce(sum(a.hours) FILTER (WHERE a.status IN ('present', 'half_day')), 0)
            + 8 * count(*) FILTER (WHERE a.status = 'paid_leave') AS hours,
        bool_and(a.confirmed) AS settled
    FROM doubtful d
    JOIN internships_attendanceday a ON a.placement_id = d.id
        AND a.day BETWEEN d.first_on AND d.last_on AND a.day < %(on)s::date
    LEFT JOIN internships_terms t ON t.placement_id = d.id AND t.period @> a.day
    GROUP BY d.id, d.code, d.month, d.workdays, d.paid, t.id, t.agreed_pay, t.pay_basis
)
SELECT code, to_char(month::timestamp, 'YYYY-MM') FROM episode
GROUP BY id, code, month, workdays, paid
HAVING bool_and(settled) AND paid < round(sum(CASE pay_basis
    WHEN 'monthly' THEN least(agreed_pay * units, agreed_pay * workdays)
    WHEN 'daily' THEN agreed_pay * units * workdays
    ELSE coalesce(agreed_pay, 0) * hours * workdays END) / workdays, 2)
