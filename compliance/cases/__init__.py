"""Findings as cases that somebody holds: opened, moved, closed and explained.

`judging` sets a judgement against the cases and writes what changed in a few statements, `moves`
are the verbs of people, `owners` and `deadlines` say who has a case until when.
`explain` says of one case, in Chinese and English, what is wrong and what would cure it.
"""
