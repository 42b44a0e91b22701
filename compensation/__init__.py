"""The pay of interns as an append-only ledger of what was declared paid.

A correction is a reversal and a new entry; nothing is overwritten.
What is due is computed from attendance and terms by the rules above."""
