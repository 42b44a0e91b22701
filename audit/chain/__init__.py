"""What was done, one event a command, each bound to the one before by its hash.

A school's events are one chain, the district's another; a row changed, left out or put in shows
when they are verified. `record` is the last statement of a verb, in the verb's own transaction.
"""

from audit.chain.recording import MOST_IN_A_LIST, Fact, commitment, record

__all__ = ("MOST_IN_A_LIST", "Fact", "commitment", "record")
