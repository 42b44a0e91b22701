"""Cover: policies for each school and host in each school year, and who is insured in them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from exchange.demo.days import DAY, school_year
from exchange.demo.dice import Dice
from exchange.demo.hosts import Host
from exchange.demo.people import Learner, School

LIABILITY = "实习责任保险"
ACCIDENT = "意外伤害保险"
INSURERS = (
    "示范财产保险股份有限公司（演示）",
    "演示人寿保险股份有限公司（演示）",
    "示范互助保险社（演示）",
)
SCHOOL_PAYERS = ("学校学费", "免学费补助", "学校学费")


@dataclass(frozen=True, slots=True)
class Policy:
    """One row of the policies file."""

    number: str
    kind: str
    insurer: str
    payer: str
    starts_on: date
    ends_on: date
    status: str = "有效"
    surrendered_on: date | None = None

    def row(self) -> tuple[str, ...]:
        """The row; the limit is the customary one of the national scheme."""
        return (
            self.number,
            self.kind,
            self.insurer,
            self.payer,
            self.starts_on.isoformat(),
            self.ends_on.isoformat(),
            self.status,
            self.surrendered_on.isoformat() if self.surrendered_on else "",
            "500000.00" if self.kind == LIABILITY else "100000.00",
        )


@dataclass(frozen=True, slots=True)
class Insured:
    """One row of the insured file; both days are included."""

    policy: str
    kind: str
    learner: Learner
    starts_on: date
    ends_on: date

    def row(self) -> tuple[str, ...]:
        """The row of the file."""
        return (
            self.policy,
            self.learner.school.code,
            self.learner.number,
            self.starts_on.isoformat(),
            self.ends_on.isoformat(),
        )


def liability_number(school: School, year: int) -> str:
    """The number of a school's liability policy of a school year."""
    return f"ZR{school.number + 1:02}{year}"


def accident_number(host: Host, year: int) -> str:
    """The number of a host's accident policy of a school year."""
    return f"YW{host.number:05}{year}"


def year_policies(
    schools: Iterable[School], hosts: Iterable[Host], years: range, seed: int
) -> Iterable[Policy]:
    """Liability of every school and accident of every host, each school year of `years`."""
    for year in years:
        starts_on, ends_on = date(year, 9, 1), date(year + 1, 8, 31)
        for school in schools:
            dice = Dice(seed, "liability", school.number)
            insurer, payer = dice.pick(INSURERS), dice.pick(SCHOOL_PAYERS)
            number = liability_number(school, year)
            yield Policy(number, LIABILITY, insurer, payer, starts_on, ends_on)
        for host in hosts:
            insurer = Dice(seed, "accident", host.number).pick(INSURERS)
            number = accident_number(host, year)
            yield Policy(number, ACCIDENT, insurer, "企业", starts_on, ends_on)


def insure(learner: Learner, host: Host, starts_on: date, ends_on: date) -> list[Insured]:
    """Both kinds of cover for every day of [starts_on, ends_on], one row per kind and year."""
    rows = []
    for year in range(school_year(starts_on), school_year(ends_on) + 1):
        first = max(starts_on, date(year, 9, 1))
        last = min(ends_on, date(year + 1, 8, 31))
        rows.append(
            Insured(liability_number(learner.school, year), LIABILITY, learner, first, last)
        )
        rows.append(Insured(accident_number(host, year), ACCIDENT, learner, first, last))
    return rows


def without(rows: Iterable[Insured], kind: str, first: date, last: date) -> list[Insured]:
    """The rows less the days [first, last] of a kind of cover."""
    kept = []
    for row in rows:
        if row.kind != kind or row.ends_on < first or row.starts_on > last:
            kept.append(row)
            continue
        if row.starts_on < first:
            kept.append(replace(row, ends_on=first - DAY))
        if row.ends_on > last:
            kept.append(replace(row, starts_on=last + DAY))
    return kept
