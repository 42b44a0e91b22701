"""The law's numbers, days and articles, and the identifiers, with the day or digit on each side.

Nothing here needs a database. Dates and numbers are literal, from the interchange contract.
"""
