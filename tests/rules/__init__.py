"""Every rule: met, broken, not applicable, and the day, fen, person or minute on each side of a limit.

`builders.py` makes lawful rows with literal dates; a test breaks one thing and asks one rule.
"""
