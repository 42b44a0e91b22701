-- SUP-03: subject and period of each finding, by hand, over the same rows.
SELECT p.code, '' FROM internships_placement p
WHERE p.status IN ('active', 'ended') AND p.kind = 'production'
    AND p.starts_on <= %(on)s::date AND p.last_on >= %(on)s::date - 365 AND (p.safety_trained_on IS NULL OR p.safety_trained_on > p.starts_on)
