"""What every layer above stands on: periods, money, encryption of personal data, errors and the SQL side of the law.

Nothing here knows a student or a placement. It may import `law` and the libraries, nothing else.
"""
