"""What every layer stands on: periods, money, sealed personal data and the SQL side of the law.

Nothing here knows a student or a placement. It may import `law` and the libraries, nothing else.
"""
