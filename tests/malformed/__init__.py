"""Malformed inputs made by code: a good district with one fault each, and where it must be named.

`catalogue.CASES` is the whole table; `stage` says whether reading alone finds the fault or the
load does, by SQL on the merged state. The files are written afresh into a temporary folder.
"""
