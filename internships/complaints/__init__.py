"""Complaints of students: raised, looked into, answered, closed, and never told to the accused.

`raising` and `handling` are the verbs, `flow` says who has one on a day, `reading` opens the words.
`watching` lists what was done to a student's placement after a complaint (反报复).
"""
