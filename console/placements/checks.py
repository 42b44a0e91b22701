"""The strip of a placement's papers: what is there, since when, and what a rule found amiss."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from compliance.findings import URGENT
from compliance.models import Alert
from console.placements.cover_rows import CoverSaid
from internships.models import Agreement, Placement, Terms

# Which rules speak of which paper.
RULES_OF_CHECK = {
    "agreement": ("AGR-01", "AGR-04"),
    "consent": ("ELIG-03",),
    "training": ("SUP-03",),
    "cover": ("INS-01", "INS-02", "INS-03"),
    "mentors": ("SUP-01",),
    "pay": ("PAY-01", "PAY-02", "PAY-04", "PAY-05", "PAY-06", "PAY-07", "PAY-09"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One paper: its name, what is known of it, its look, and the case that speaks of it."""

    name: str
    said: str
    look: str
    alert: Alert | None = None


def checks(
    placement: Placement,
    terms: Terms | None,
    agreements: list[Agreement],
    alerts: Iterable[Alert],
    cover: CoverSaid | None,
) -> list[Check]:
    """The strip in its order; `cover` is None where the reader may not see it."""
    cases = list(alerts)
    facts = [
        ("agreement", _("三方协议"), *_agreement(agreements)),
        ("consent", _("知情同意"), *_consent(placement)),
        ("training", _("安全培训"), *_dated(placement.safety_trained_on, _("合格"))),
        ("mentors", _("双导师"), *_mentors(terms)),
    ]
    if cover is not None:
        word = {"fine": _("有"), "soon": _("有缺口"), "bad": _("今天没有")}[cover.look]
        facts.insert(3, ("cover", _("责任保险"), word, cover.look == "fine"))
    if cover is not None:
        facts.append(("pay", _("报酬约定"), *_pay(terms)))
    return [_check(key, name, said, known, cases) for key, name, said, known in facts]


def _check(key: str, name: str, said: str, known: bool, cases: list[Alert]) -> Check:
    case = next((alert for alert in cases if alert.rule in RULES_OF_CHECK[key]), None)
    if case is None:
        return Check(name, said, "fine" if known else "done")
    return Check(name, said, "bad" if case.severity in URGENT else "soon", case)


def _dated(day: date | None, word: str) -> tuple[str, bool]:
    return (f"{day:%Y-%m-%d} {word}", True) if day else (_("没有记录"), False)


def _agreement(agreements: list[Agreement]) -> tuple[str, bool]:
    if not agreements:
        return _("没有协议"), False
    best = min(agreements, key=lambda row: len(_unsigned(row)))
    unsigned = _unsigned(best)
    if unsigned:
        return _("缺%(who)s签字") % {"who": _("、").join(unsigned)}, False
    signed = [best.school_signed_on, best.enterprise_signed_on, best.student_signed_on]
    return _dated(max(day for day in signed if day), _("签齐"))


def _unsigned(agreement: Agreement) -> list[str]:
    parties = {
        _("学校"): agreement.school_signed_on,
        _("企业"): agreement.enterprise_signed_on,
        _("学生"): agreement.student_signed_on,
    }
    return [party for party, day in parties.items() if day is None]


def _consent(placement: Placement) -> tuple[str, bool]:
    missing = [
        party
        for party, day in (
            (_("学生"), placement.student_consented_on),
            (_("监护人"), placement.guardian_consented_on),
        )
        if day is None
    ]
    if missing:
        return _("缺%(who)s同意") % {"who": _("、").join(missing)}, False
    days = [placement.student_consented_on, placement.guardian_consented_on]
    return _dated(max(day for day in days if day), _("同意"))


def _mentors(terms: Terms | None) -> tuple[str, bool]:
    teacher = terms.teacher.name if terms and terms.teacher else None
    mentor = terms.mentor.name if terms and terms.mentor else None
    if teacher and mentor:
        return f"{teacher} · {mentor}", True
    lacking = _("校内导师") if not teacher else _("企业师傅")
    if not teacher and not mentor:
        lacking = _("校内导师、企业师傅")
    return _("缺%(who)s") % {"who": lacking}, False


def _pay(terms: Terms | None) -> tuple[str, bool]:
    if terms is None or not terms.agreed_pay:
        return _("未约定"), False
    return f"{terms.get_pay_basis_display()} {terms.agreed_pay:,.2f}", True
