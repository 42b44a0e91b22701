"""The HTML edge: for now a plain status page and the two health addresses.

`status.py` gathers what the page says, `views.py` answers, `urls.py` names the addresses.
"""
