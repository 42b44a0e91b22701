"""Accounts and signing in: what an edge calls, whichever edge it is.

`backends` checks a password, `limits` counts tries, `links` signs in once without a password,
`services` opens accounts and begins and ends memberships.
"""
