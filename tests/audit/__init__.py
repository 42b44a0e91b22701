"""The chains of events: what is written into them, and what they show when somebody tampers.

`test_verifying` changes chains as only the owner of the database could. What every change of the
site writes is held by `test_every_change_is_on_record`.
"""
