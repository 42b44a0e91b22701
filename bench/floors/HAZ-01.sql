-- HAZ-01: subject and period of each finding, by hand, over the same rows.
SELECT p.code, '' FROM internships_placement p
JOIN people_learneridentity l ON l.id = p.learner_id
JOIN internships_terms t ON t.placement_id = p.id
    AND t.period @> greatest(p.starts_on, least(p.last_on, %(on)s::date))
JOIN internships_post o ON o.id = t.post_id
WHERE p.status IN ('approved', 'active', 'ended')
    AND p.starts_on <= %(on)s::date + 30 AND p.last_on >= %(on)s::date - 365 AND p.kind = 'production' AND o.hazards && '{flammable,height,other_high_risk,radiation,toxic,underground}'::varchar[]
    AND NOT EXISTS (
        SELECT FROM internships_filing f
        WHERE f.post_id = o.id AND f.matters @> ARRAY['high_risk']::varchar[]
        AND f.filed_on < p.starts_on AND f.period @> p.starts_on
        AND (f.school_id IS NULL OR f.school_id = p.school_id)
        AND (f.major_code = '' OR f.major_code = l.major_code))
