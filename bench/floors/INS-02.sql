-- INS-02: subject and period of each finding, by hand, over the same rows.
WITH cover AS (
    SELECT i.learner_id, range_agg(i.period * daterange(NULL, y.surrendered_on)) AS days
    FROM insurance_insuredperiod i JOIN insurance_policy y ON y.id = i.policy_id
    WHERE y.kind = 'liability' AND y.status <> 'void'
    GROUP BY i.learner_id
)
SELECT p.code, '' FROM internships_placement p LEFT JOIN cover c ON c.learner_id = p.learner_id
WHERE p.status IN ('approved', 'active', 'ended')
    AND p.starts_on <= %(on)s::date + 30 AND p.last_on >= %(on)s::date - 365
    AND coalesce(c.days, '{}') @> (p.period * daterange(NULL, %(on)s::date, '[]'))
    AND NOT coalesce(c.days, '{}') @> (p.period * daterange(%(on)s::date + 1, %(on)s::date + 30, '[]'))
