-- APP-01: subject and period of each finding, by hand, over the same rows.
SELECT a.number, '' FROM apprenticeship_apprenticeidentity a
WHERE a.period @> %(on)s::date AND (a.agreement_number = '' OR a.agreed_on IS NULL OR a.agreed_on > lower(a.period))
