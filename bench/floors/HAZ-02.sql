-- HAZ-02: subject and period of each finding, by hand, over the same rows.
SELECT p.code, '' FROM internships_placement p
JOIN people_learneridentity l ON l.id = p.learner_id
JOIN people_student s ON s.id = l.student_id
JOIN internships_terms t ON t.placement_id = p.id
    AND t.period @> greatest(p.starts_on, least(p.last_on, %(on)s::date))
JOIN internships_post o ON o.id = t.post_id
WHERE p.status IN ('approved', 'active', 'ended')
    AND p.starts_on <= %(on)s::date + 30 AND p.last_on >= %(on)s::date - 365 AND p.kind = 'production' AND extract(year FROM age((p.starts_on - 1)::timestamp, s.born_on::timestamp)) < 18
    AND o.hazards && '{cold,cold_water,dust,fast_line,flammable,forced_posture,heat,height,loads,other_high_risk,radiation,toxic,underground}'::varchar[]
