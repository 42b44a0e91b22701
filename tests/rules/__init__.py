"""Every rule: met, broken, not applicable, and one step on each side of every limit.

`builders.py` makes lawful rows with literal dates; a test breaks one thing and asks one rule.
"""
