-- PAY-05: subject and period of each finding, by hand, over the same rows.
SELECT p.code, to_char(e.month::timestamp, 'YYYY-MM') FROM compensation_paymententry e JOIN internships_placement p ON p.id = e.placement_id
WHERE p.status IN ('approved', 'active', 'ended')
    AND p.starts_on <= %(on)s::date + 30 AND p.last_on >= %(on)s::date - 365 AND e.reverses_id IS NULL AND e.paid_on <= %(on)s::date
    AND NOT EXISTS (SELECT FROM compensation_paymententry r WHERE r.reverses_id = e.id)
    AND e.method NOT IN ('bank_transfer', 'cash')
GROUP BY 1, 2
