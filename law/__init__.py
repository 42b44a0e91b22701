"""The law as dated data with its sources: values, calendars, articles, code lists.

Plain Python that imports nothing of ours. Read values with `law.legal_values.value_on`, days with
`law.workdays.kind_of`; the data stand in the TOML files beside the code.
"""
