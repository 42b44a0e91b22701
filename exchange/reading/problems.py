"""The errors of a load, collected: all are counted, the first thousand are kept."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _

from exchange.reading.faults import Fault

LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One error: where it is, what is wrong (personal numbers masked) and what would be right.

    `place` is the file or sheet; `row` counts from 1, the header's; `letter` is the column's in
    that file; `code` is stable and for machines, `reason` and `remedy` are for people.
    """

    place: str
    row: int | None
    column: str | None
    letter: str | None
    value: str | None
    reason: str
    remedy: str
    code: str

    def as_dict(self) -> dict[str, object]:
        """The fields by name, for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        where = [self.place]
        if self.row is not None:
            where.append(_("第 %(row)s 行") % {"row": self.row})
        if self.column:
            letter = f"{self.letter} " if self.letter else ""
            where.append(_("%(letter)s列“%(title)s”") % {"letter": letter, "title": self.column})
        value = _("（值：%(value)s）") % {"value": self.value} if self.value else ""
        return f"{' '.join(where)}：{self.reason}{value}。{self.remedy}。"


@dataclass
class Errors:
    """Everything wrong with a district so far. `total` goes on where `problems` stops.

    `incomplete_tables` are stems whose rows were not all given out, because the file itself is
    wrong; `refused_keys` are the keys, by stem, of rows held back for errors of their own. A check
    of references that knows both reports no error that merely follows from another.
    """

    limit: int = LIMIT
    problems: list[Problem] = field(default_factory=list)
    total: int = 0
    incomplete_tables: set[str] = field(default_factory=set)
    refused_keys: dict[str, set[tuple[object, ...]]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def add(self, problem: Problem) -> None:
        """Count the problem, and keep it while fewer than `limit` are kept."""
        self.total += 1
        if len(self.problems) < self.limit:
            self.problems.append(problem)

    def report(
        self,
        place: str,
        fault: Fault,
        *,
        row: int | None = None,
        column: str | None = None,
        letter: str | None = None,
        value: str | None = None,
    ) -> None:
        """Add the fault as a problem of that place; `value` is masked already."""
        self.add(Problem(place, row, column, letter, value, fault.reason, fault.remedy, fault.code))

    def refuse_key(self, stem: str, key: tuple[object, ...]) -> None:
        """Remember the key of a row that was held back; a thousand a table are enough."""
        keys = self.refused_keys[stem]
        if len(keys) < self.limit:
            keys.add(key)

    def __bool__(self) -> bool:
        return self.total > 0

    def __len__(self) -> int:
        return self.total

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)
