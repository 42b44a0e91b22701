"""Cases over the API: the list, one with its explanation and steps, and what is done to one.

`rows` says how a case is written, `filters` what a list is asked, `moves` what may be done to it.
Verbs are those of `compliance.cases.moves`; an answer lists the ones that are open from here.
"""
