"""The walk: every route, method, role and object, asked by owners and by strangers who own things.

`world` has the people and what is whose, written down by hand; `routes` has a sample of every
object that an address can name. A route without a sample fails the test.
"""
