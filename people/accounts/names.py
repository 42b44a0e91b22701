"""How a user name is written, however it was typed."""

from __future__ import annotations

import unicodedata

from people.models import User

LONGEST_USERNAME = int(User._meta.get_field("username").max_length or 0)


def written(username: str) -> str:
    """The name without outer spaces, in small letters, full-width letters folded; cut to length."""
    return unicodedata.normalize("NFKC", username).strip().lower()[:LONGEST_USERNAME]
