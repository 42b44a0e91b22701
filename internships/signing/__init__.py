"""Signing without an account: one-time links for guardians and signatories of hosts.

`links` makes and reads them, `codes` the code that goes to the phone, `drawings` takes in a drawn
signature, and `signing` is the verb: the same consent or signature that an account would give.
"""
