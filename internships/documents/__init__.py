"""Papers of a placement: the contents that Art. 15 wants beyond the terms, and what is issued.

`wording` has these contents as fields, `checks` what is missing or unlawful in them, `writing`
the school's verb that writes them down. `issuing` keeps what was rendered above, as evidence.
"""
