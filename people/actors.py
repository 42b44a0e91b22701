"""Who acts, in which roles, on which day: a value that edges make and everything below is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from people.models import Membership
from people.roles import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from people.models import User


class ActorKind(Enum):
    """How somebody came in: with an account, by a one-time link, or as the system itself."""

    USER = "user"
    LINK = "link"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Held:
    """One membership on the actor's day: the role, and the id of the record it is tied to."""

    role: Role
    tie_id: int


@dataclass(frozen=True, slots=True)
class Reach:
    """What an actor holds in one role: ids of the tied records, ascending, the day, and who."""

    ids: tuple[int, ...]
    on: date
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Mandate:
    """What a link lets somebody without an account do: move one placement in one party's name."""

    placement_id: int
    party: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the memberships of the day `on` and no other.

    `user_id` is None for links and the system; `reason` says what the system acts for, or which
    link it is, and `mandate` what that link is for. Make one
    with `actor_for` or `system_actor`, at an edge, for one request, command or task.
    """

    kind: ActorKind
    on: date
    memberships: tuple[Held, ...] = ()
    user_id: int | None = None
    reason: str = ""
    mandate: Mandate | None = None

    def __str__(self) -> str:
        """An id for logs; never a name."""
        return f"{self.kind.value}:{self.reason if self.user_id is None else self.user_id}"

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held on the day."""
        return frozenset(held.role for held in self.memberships)

    @property
    def role_labels(self) -> list[str]:
        """The roles held on the day, in the reader's language, in the order of `Role`."""
        return [str(role.label) for role in Role if role in self.roles]

    def has(self, role: Role, tie_id: int | None = None) -> bool:
        """Whether the actor holds `role` on the day, for that record if one is named."""
        return any(held.role == role and tie_id in (None, held.tie_id) for held in self.memberships)

    def reach(self, role: Role) -> Reach:
        """The records the actor acts for in `role`."""
        ids = tuple(held.tie_id for held in self.memberships if held.role == role)
        return Reach(ids, self.on, self.user_id)

    @property
    def sees_masked(self) -> bool:
        """Whether names and numbers are shown masked: to the commission, whatever else it is,
        unless it reveals."""
        return Role.COMMISSION in self.roles


def actor_for(user: User | AnonymousUser | None, *, on: date) -> Actor:
    """The user as an actor on that day, with one query; without rights when disabled or unknown."""
    if user is None or user.pk is None or not user.is_active:
        return Actor(ActorKind.USER, on)
    held = (
        Membership.objects.filter(user_id=user.pk, period__contains=on)
        .order_by("role", "tie_id")
        .values_list("role", "tie_id")
    )
    memberships = tuple(Held(Role(role), tie_id) for role, tie_id in held)
    return Actor(ActorKind.USER, on, memberships, user.pk)


def system_actor(reason: str, *, on: date) -> Actor:
    """The system acting for a stated reason (a job's name); it reads through `unscoped`."""
    if not reason.strip():
        raise ValueError("the system acts for a stated reason")
    return Actor(ActorKind.SYSTEM, on, reason=reason.strip())
