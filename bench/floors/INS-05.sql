-- INS-05: subject and period of each finding, by hand, over the same rows.
SELECT p.code, '' FROM internships_placement p
WHERE p.status IN ('approved', 'active', 'ended')
    AND p.starts_on <= %(on)s::date + 30 AND p.last_on >= %(on)s::date - 365 AND p.kind = 'production' AND p.period @> %(on)s::date
    AND NOT EXISTS (SELECT FROM insurance_insuredperiod i JOIN insurance_policy y ON y.id = i.policy_id
        WHERE i.learner_id = p.learner_id AND y.kind = 'accident' AND y.status <> 'void'
        AND (i.period * daterange(NULL, y.surrendered_on)) @> %(on)s::date)
