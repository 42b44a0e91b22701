-- AGR-01: subject and period of each finding, by hand, over the same rows.
SELECT p.code, '' FROM internships_placement p
WHERE p.status IN ('active', 'ended') AND p.kind = 'production'
    AND p.starts_on <= %(on)s::date AND p.last_on >= %(on)s::date - 365
    AND NOT EXISTS (SELECT FROM internships_agreement a WHERE a.placement_id = p.id
        AND a.enterprise_signed_on <= p.starts_on AND a.school_signed_on <= p.starts_on
        AND a.student_signed_on <= p.starts_on)
