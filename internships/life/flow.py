"""The moves as data: from which states, to which, and in whose name each role may make them."""

from __future__ import annotations

from dataclasses import dataclass

from internships.models.moves import Party, PlacementMove
from internships.models.placements import PlacementState as State
from people.roles import Role

PREPARED = (State.SUBMITTED, State.ACCEPTED, State.CONSENTED)

SCHOOL = {Role.SCHOOL_COORDINATOR: Party.SCHOOL}
HOST = {Role.ENTERPRISE_HR: Party.ENTERPRISE}
STUDENT = {Role.STUDENT: Party.STUDENT}
GUARDIAN = {Role.GUARDIAN: Party.GUARDIAN}


@dataclass(frozen=True, slots=True)
class Move:
    """One thing done with a placement.

    `target` is None where the state stays, or what was agreed decides it: see `agreed_state`. `who`
    maps each role that may to the party in whose name; the system alone makes a move of nobody.
    """

    name: PlacementMove
    sources: tuple[State, ...]
    target: State | None
    who: tuple[tuple[Role, Party], ...] = ()

    def parties_of(self, role: Role) -> frozenset[Party]:
        """In whose names the role may make it."""
        return frozenset(party for held, party in self.who if held == role)


def _move(
    name: PlacementMove,
    sources: tuple[State, ...],
    target: State | None,
    *who: dict[Role, Party],
) -> Move:
    pairs = tuple(pair for way in who for pair in way.items())
    return Move(name, sources, target, pairs)


# A paper consent of a guardian without an account is recorded by the school, under its own name.
PAPER_CONSENT = {Role.SCHOOL_COORDINATOR: Party.GUARDIAN}

DRAFT = _move(PlacementMove.DRAFT, (), State.DRAFT, SCHOOL, STUDENT)
EDIT = _move(PlacementMove.EDIT, (State.DRAFT, *PREPARED), None, SCHOOL, HOST)
SUBMIT = _move(PlacementMove.SUBMIT, (State.DRAFT,), State.SUBMITTED, SCHOOL)
ACCEPT = _move(PlacementMove.ACCEPT, (State.SUBMITTED,), None, HOST)
CONSENT = _move(
    PlacementMove.CONSENT,
    (State.ACCEPTED, State.CONSENTED),
    None,
    STUDENT,
    GUARDIAN,
    PAPER_CONSENT,
)
DECLINE = _move(
    PlacementMove.DECLINE,
    (State.ACCEPTED, State.CONSENTED, State.APPROVED),
    State.REFUSED,
    STUDENT,
    GUARDIAN,
    PAPER_CONSENT,
)
SIGN = _move(PlacementMove.SIGN, (State.CONSENTED,), None, SCHOOL, HOST, STUDENT)
SEND_BACK = _move(PlacementMove.SEND_BACK, PREPARED, State.DRAFT, SCHOOL, HOST)
REFUSE = _move(PlacementMove.REFUSE, PREPARED, State.REFUSED, HOST)
WITHDRAW = _move(
    PlacementMove.WITHDRAW, (State.DRAFT, *PREPARED, State.APPROVED), State.WITHDRAWN, SCHOOL
)
EXPIRE = _move(PlacementMove.EXPIRE, (State.DRAFT, *PREPARED), State.EXPIRED)
APPROVE = _move(PlacementMove.APPROVE, (State.CONSENTED,), State.APPROVED, SCHOOL)
ACTIVATE = _move(PlacementMove.ACTIVATE, (State.CONSENTED, State.APPROVED), State.ACTIVE, SCHOOL)
SUSPEND = _move(PlacementMove.SUSPEND, (State.ACTIVE,), State.SUSPENDED, SCHOOL, HOST)
RESUME = _move(PlacementMove.RESUME, (State.SUSPENDED,), State.ACTIVE, SCHOOL)
END = _move(
    PlacementMove.END,
    (State.ACTIVE, State.SUSPENDED),
    State.ENDED,
    SCHOOL,
    HOST,
    STUDENT,
    GUARDIAN,
)
SETTLE = _move(PlacementMove.SETTLE, (State.ENDED,), State.SETTLED, SCHOOL)
ARCHIVE = _move(PlacementMove.ARCHIVE, (State.SETTLED,), State.ARCHIVED, SCHOOL)
# Changes of what was agreed: `internships.life.amending`.
AMENDED = (State.APPROVED, State.ACTIVE, State.SUSPENDED)
PROPOSE = _move(PlacementMove.PROPOSE, AMENDED, None, SCHOOL, HOST)
AGREE = _move(PlacementMove.AGREE, AMENDED, None, SCHOOL, HOST)
TURN_DOWN = _move(PlacementMove.TURN_DOWN, AMENDED, None, SCHOOL, HOST)

MOVES: dict[PlacementMove, Move] = {
    move.name: move
    for move in (
        DRAFT,
        EDIT,
        SUBMIT,
        ACCEPT,
        CONSENT,
        DECLINE,
        SIGN,
        SEND_BACK,
        REFUSE,
        WITHDRAW,
        EXPIRE,
        APPROVE,
        ACTIVATE,
        SUSPEND,
        RESUME,
        END,
        SETTLE,
        ARCHIVE,
        PROPOSE,
        AGREE,
        TURN_DOWN,
    )
}
