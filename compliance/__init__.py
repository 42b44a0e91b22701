"""The rules of law as querysets over the subjects they bind, and the sweep that asks them all.

A rule in `rules/` narrows the subjects of its scope to those that break it and names the facts.
The sweep reads, never writes: what it finds depends on the rows and the day alone.
"""
