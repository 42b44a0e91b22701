"""The suite. Its cluster and broker are its own, started by `conftest.py` in a temporary place."""
