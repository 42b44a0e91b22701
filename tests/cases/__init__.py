"""Cases: their life, their holders, and what is said of them.

`rows.py` makes one case of a kind; the other files are named for what they promise. The life of
a case is also played against a plain model of it.
"""
