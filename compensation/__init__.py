"""The pay of interns: an append-only ledger of what was declared paid, and the months of pay.

A correction is a reversal and a new entry; nothing is overwritten. What is due for a month, until
when, and whether it is unpaid or short is computed from attendance and terms by `month_queries`,
for the rules and for the pages alike.
"""
