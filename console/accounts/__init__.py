"""Signing in and out at the console, and who acts in each of its requests.

`middleware` makes the request's Actor and ends sessions that are over; `views` are the pages.
`demo` ties one account a role to the demo district, for development alone.
"""
