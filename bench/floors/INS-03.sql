-- INS-03: subject and period of each finding, by hand, over the same rows.
SELECT DISTINCT p.code, '' FROM insurance_policy y
JOIN insurance_insuredperiod i ON i.policy_id = y.id
JOIN internships_placement p ON p.learner_id = i.learner_id
    AND p.period && (i.period * daterange(NULL, y.surrendered_on))
WHERE p.status IN ('approved', 'active', 'ended')
    AND p.starts_on <= %(on)s::date + 30 AND p.last_on >= %(on)s::date - 365 AND y.payer = 'student' AND y.status <> 'void'
