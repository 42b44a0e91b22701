"""The HTML edge: what needs a hand today, cases, placements, the district, notices, signing in.

A package a page with its own `urls.py`; `navigation` says who is offered which, and which first.
`status.py` and `views.py` are the status page and the two health addresses.
"""
