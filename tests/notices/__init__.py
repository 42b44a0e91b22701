"""Holders are told once of each step, read what is theirs, and hear of it outside the site.

The engines are those of the suite; providers are small servers of the tests on this machine.
"""
