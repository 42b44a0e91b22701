-- ELIG-02: subject and period of each finding, by hand, over the same rows.
SELECT p.code, '' FROM (
    SELECT p.code, p.starts_on, (l.enrolled_on + interval '6 months')::date AS earliest
    FROM internships_placement p JOIN people_learneridentity l ON l.id = p.learner_id
    WHERE p.status IN ('approved', 'active', 'ended')
    AND p.starts_on <= %(on)s::date + 30 AND p.last_on >= %(on)s::date - 365 AND p.kind = 'production'
) AS p
WHERE p.starts_on <= make_date(extract(year FROM earliest)::int
    + (earliest > make_date(extract(year FROM earliest)::int, 8, 31))::int, 8, 31)
