"""How a person's name is shown to somebody who may see the row and not the name."""

from __future__ import annotations

from people.actors import Actor


def shown_name(name: str, *, actor: Actor) -> str:
    """The name as shown to `actor`: whole, or to the commission its first character and stars."""
    if not actor.sees_masked:
        return name
    return name[:1] + "*" * (len(name) - 1) if len(name) > 1 else "*" * len(name)
