"""The pages about cases: the list with its filters, one case, what is done to them, the export.

`filters` reads the address, `listing` makes a page of rows of it, `counts` says how many there are.
Verbs are those of `compliance.cases.moves`; a page only asks them.
"""
