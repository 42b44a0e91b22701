"""What is refused of accounts, named for what it was."""

from __future__ import annotations


class AccountRefusal(Exception):
    """Something that may not be done with accounts; its text says why, to whoever asked."""


class NotPermitted(AccountRefusal):
    """The actor may not do this for that role, record or person."""


class LinkGone(AccountRefusal):
    """The link was withdrawn, used or late, or there never was one like it."""


class AlreadyHeld(AccountRefusal):
    """The role is held already: by this account, or for this person by another."""


class NotAUsername(AccountRefusal):
    """What was written is nothing that a user name can begin with."""
