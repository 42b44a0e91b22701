"""The demo district held to its documentation: by the brute-force reader, and by the sweep.

The reader of `tests/oracle` judges the written files, so that a planted fault and the rule that
finds it are not proved by the same code; the sweep then has to find the same numbers.
"""
