"""The benchmark: the product beside committed floors over the same rows, in one interleaved run.

Nothing of the product imports it, and no test asserts its times; `make bench` runs it.
What it measured last is `docs/performance.md`.
"""
