"""Placements over the API: the list, one with what is open from here, its history, its moves.

`rows` says how a placement is written in a list and `whole` by itself; `moves` is the table of what
is done to one, `bulk` to many. Verbs are those of `internships.life` and of the start gate.
"""
