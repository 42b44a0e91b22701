-- ELIG-03: subject and period of each finding, by hand, over the same rows.
SELECT p.code, '' FROM internships_placement p
WHERE p.status IN ('approved', 'active', 'ended')
    AND p.starts_on <= %(on)s::date + 30 AND p.last_on >= %(on)s::date - 365 AND p.kind = 'production' AND p.starts_on <= %(on)s::date + 7
    AND (p.student_consented_on IS NULL OR p.student_consented_on > p.starts_on
        OR p.guardian_consented_on IS NULL OR p.guardian_consented_on > p.starts_on)
