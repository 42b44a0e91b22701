"""Who did what in bulk, and who read what: records that may be added to and never changed.

An `Operation` is one command of an operator (a load, a retraction, an export); ledger rows
name the one that wrote them.
The database refuses to update, delete or truncate what stands here.
"""
