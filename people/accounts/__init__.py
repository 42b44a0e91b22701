"""Accounts and signing in: what an edge calls, whichever edge it is.

`backends` checks a password, `limits` counts tries, `links` signs in once without a password,
`tokens` lets phones in, `services` opens accounts and begins and ends memberships.
"""
