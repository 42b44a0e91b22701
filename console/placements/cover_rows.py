"""The coverage calendar as a page draws it: a month a row, a day a cell."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insurance.calendar import CoverCalendar, CoverDay, DayState, Span

LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Cell:
    """A day: its class for the look, and what is said of it on hovering or tapping."""

    look: str
    title: str
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month: its name, 31 cells (those past its end are None), and all of it in a sentence."""

    name: str
    cells: tuple[Cell | None, ...]
    sentence: str


def month_rows(calendar: CoverCalendar) -> list[MonthRow]:
    """The months that the placement touches, ascending."""
    months = groupby(calendar.days, key=lambda row: (row.day.year, row.day.month))
    shade = {policy.pk: number % 2 for number, policy in enumerate(calendar.policies)}
    return [_row(year, month, list(days), calendar, shade) for (year, month), days in months]


def _row(
    year: int, month: int, days: list[CoverDay], calendar: CoverCalendar, shade: dict[int, int]
) -> MonthRow:
    name = f"{year}-{month:02d}"
    inside = {row.day.day: row for row in days}
    last = monthrange(year, month)[1]
    cells = tuple(
        None
        if number > last
        else _cell(inside.get(number), f"{name}-{number:02d}", calendar, shade)
        for number in range(1, LONGEST_MONTH + 1)
    )
    return MonthRow(name, cells, _sentence(name, days))


def _cell(row: CoverDay | None, day: str, calendar: CoverCalendar, shade: dict[int, int]) -> Cell:
    if row is None:
        return Cell("outside", _("%(day)s 不在实习期内") % {"day": day})
    if row.is_uncovered:
        title = f"{day} {word_of(row.state)}"
        return Cell(row.state.value, title, row.day == calendar.on)
    policies = _("；").join(f"{policy.insurer} {policy.number}" for policy in row.policies)
    look = f"{row.state.value} policy-{shade[row.policies[0].pk]}"
    return Cell(look, f"{day} {policies}", row.day == calendar.on)


def word_of(state: DayState) -> str:
    """What an uncovered day is called: past ones are without cover, those to come not yet with."""
    return _("没有保险") if state is DayState.GAP else _("尚无保险")


def _sentence(name: str, days: list[CoverDay]) -> str:
    bare = sum(row.is_uncovered for row in days)
    counted = ngettext("%(days)s 天在实习期内", "%(days)s 天在实习期内", len(days))
    said = counted % {"days": len(days)}
    if bare:
        return _("%(month)s：%(said)s，其中 %(bare)s 天没有保险") % {
            "month": name,
            "said": said,
            "bare": bare,
        }
    return _("%(month)s：%(said)s，每天都有保险") % {"month": name, "said": said}


def spans_said(spans: list[Span]) -> str:
    """Spans of days in one line."""
    return _("、").join(
        f"{span.first:%Y-%m-%d}"
        if span.first == span.last
        else _("%(first)s 至 %(last)s") % {"first": span.first, "last": span.last}
        for span in spans
    )


@dataclass(frozen=True, slots=True)
class CoverSaid:
    """The calendar in one sentence, and how grave it is: bad, soon, fine or done."""

    sentence: str
    look: str


def cover_said(calendar: CoverCalendar) -> CoverSaid:
    """Whether the student is covered today, or will be, or was; the worst first."""
    today = calendar.today
    missing = sum(span.days for span in calendar.gaps)
    ahead = sum(span.days for span in calendar.gaps_ahead)
    if today is not None and today.is_uncovered:
        return CoverSaid(
            _("今天没有保险。到今天共缺 %(days)s 天：%(spans)s")
            % {"days": missing, "spans": spans_said(calendar.gaps)},
            "bad",
        )
    if missing:
        said = _("曾有 %(days)s 天没有保险：%(spans)s") % {
            "days": missing,
            "spans": spans_said(calendar.gaps),
        }
        return CoverSaid(said, "soon")
    if ahead:
        return CoverSaid(
            _("今后有 %(days)s 天还没有保险：%(spans)s")
            % {"days": ahead, "spans": spans_said(calendar.gaps_ahead)},
            "soon",
        )
    if today is not None:
        return CoverSaid(
            _("今天有保险：%(policy)s，至 %(until)s")
            % {
                "policy": _("；").join(f"{row.insurer} {row.number}" for row in today.policies),
                "until": calendar.covered_until,
            },
            "fine",
        )
    return CoverSaid(_("实习期内每天都有保险"), "fine")
