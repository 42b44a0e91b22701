"""District files into the database: staged, checked on the state after the merge, merged by sets.

`load_district` takes a folder or workbook in, or with `retract` takes its rows back; it is one
transaction that writes everything or nothing. What a district file says of a row that is in the
database stands in `current.py`, which counting, checking, retracting and export all ask.
"""
