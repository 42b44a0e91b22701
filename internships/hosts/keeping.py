"""What a school has of a host before it places there, and what it lacks still."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.chain import record
from internships.life.refusals import NotPermitted, TermsRefused, TransitionNotAllowed
from internships.models import (
    AssessedPoint,
    CreditRecord,
    HostDecision,
    HostPaper,
    RecordKind,
    SiteAssessment,
)
from internships.models.host_records import LONGEST_FINDING, HostRecord
from law.legal_values import value_on, whole_on
from people.actors import Actor
from people.models import Enterprise, School
from people.roles import Role


@transaction.atomic
def keep_assessment(
    school: School,
    enterprise: Enterprise,
    *,
    visited_on: date,
    visitors: str,
    findings: Mapping[str, str],
    passed: bool,
    valid_until: date,
    actor: Actor,
    at: datetime,
) -> SiteAssessment:
    """Keep a visit to the host with a finding on each of the nine points (第七条)."""
    _require_own(school, actor)
    _require_past(visited_on, actor)
    said = {point: str(findings.get(point, "")).strip() for point in AssessedPoint.values}
    if not all(said.values()) or max(map(len, said.values())) > LONGEST_FINDING:
        raise TermsRefused(
            _("每项考察内容都要写明，各不超过 %(most)s 个字") % {"most": LONGEST_FINDING}
        )
    if valid_until < visited_on:
        raise TermsRefused(_("有效期不能早于考察日期"))
    made = {"visited_on": visited_on, "visitors": _words(visitors), "findings": said}
    kept = _keep(
        SiteAssessment,
        school,
        enterprise,
        actor,
        at,
        made | {"passed": passed, "valid_until": valid_until},
    )
    _tell("host.assess", school, enterprise, actor, at)
    return kept


@transaction.atomic
def keep_credit(
    school: School,
    enterprise: Enterprise,
    *,
    kind: str,
    checked_on: date,
    source: str,
    valid_until: date,
    actor: Actor,
    at: datetime,
    violation_on: date | None = None,
) -> CreditRecord:
    """Keep what a register said of the host's credit or safety (第六条)."""
    _require_own(school, actor)
    _require_past(checked_on, actor)
    if valid_until < checked_on:
        raise TermsRefused(_("有效期不能早于查询日期"))
    if violation_on is not None and violation_on > checked_on:
        raise TermsRefused(_("违法失信日期不能晚于查询日期"))
    made = {"kind": RecordKind(kind), "checked_on": checked_on, "source": _words(source)}
    kept = _keep(
        CreditRecord,
        school,
        enterprise,
        actor,
        at,
        made | {"violation_on": violation_on, "valid_until": valid_until},
    )
    _tell("host.check", school, enterprise, actor, at)
    return kept


@transaction.atomic
def keep_decision(
    school: School,
    enterprise: Enterprise,
    *,
    decided_on: date,
    meeting: str,
    actor: Actor,
    at: datetime,
    published_on: date | None = None,
    published_where: str = "",
) -> HostDecision:
    """Keep that the party committee of the school chose the host, and where that is published."""
    _require_own(school, actor)
    _require_past(decided_on, actor)
    if published_on is not None:
        _require_past(published_on, actor)
        if published_on < decided_on:
            raise TermsRefused(_("公开日期不能早于会议日期"))
    kept = _keep(
        HostDecision,
        school,
        enterprise,
        actor,
        at,
        {
            "decided_on": decided_on,
            "meeting": _words(meeting),
            "published_on": published_on,
            "published_where": published_where.strip(),
        },
    )
    _tell("host.decide", school, enterprise, actor, at)
    return kept


def papers_missing(school_id: int, enterprise_id: int, *, on: date) -> list[HostPaper]:
    """What the school lacks on the day to place at the host, by its latest records."""
    of = {"school": school_id, "enterprise": enterprise_id}
    missing = []
    visit = SiteAssessment.objects.filter(**of, visited_on__lte=on).last()
    if visit is None or not visit.passed or visit.valid_until < on:
        missing.append(HostPaper.ASSESSMENT)
    for kind, paper in (
        (RecordKind.CREDIT, HostPaper.CREDIT),
        (RecordKind.SAFETY, HostPaper.SAFETY),
    ):
        checked = CreditRecord.objects.filter(**of, kind=kind, checked_on__lte=on).last()
        if checked is None or checked.valid_until < on or _counts(checked.violation_on, on):
            missing.append(paper)
    decision = HostDecision.objects.filter(**of, decided_on__lte=on).last()
    if decision is None:
        missing.append(HostPaper.DECISION)
    if decision is None or decision.published_on is None or decision.published_on > on:
        missing.append(HostPaper.PUBLICATION)
    return missing


def require_papers(school_id: int, enterprise_id: int, *, on: date) -> None:
    """Raise TransitionNotAllowed for what is missing, where it is required on the day."""
    if value_on("host_papers_required", on) is not True:
        return
    missing = papers_missing(school_id, enterprise_id, on=on)
    if missing:
        names = "、".join(str(paper.label) for paper in missing)
        raise TransitionNotAllowed(_("这家实习单位还缺：%(names)s") % {"names": names})


def may_keep(school_id: int, actor: Actor) -> bool:
    """Whether the actor keeps the records of the school."""
    return actor.has(Role.SCHOOL_COORDINATOR, school_id)


def _counts(violation_on: date | None, on: date) -> bool:
    """Whether the violation is of the years that are looked back on (第六条: three)."""
    if violation_on is None:
        return False
    years = whole_on("host_safety_lookback_years", on)
    first = (
        date(on.year - years, on.month, min(on.day, 28))
        if on.month == 2
        else date(on.year - years, on.month, on.day)
    )
    return violation_on >= first


def _require_own(school: School, actor: Actor) -> None:
    if not may_keep(school.pk, actor) or actor.user_id is None:
        raise NotPermitted(_("只有本校的实习管理员可以登记"))


def _require_past(day: date, actor: Actor) -> None:
    if day > actor.on:
        raise TermsRefused(_("日期不能晚于今天"))


def _words(text: str) -> str:
    said = text.strip()
    if not said:
        raise TermsRefused(_("请写明情况"))
    return said


def _keep(
    model: type[HostRecord],
    school: School,
    enterprise: Enterprise,
    actor: Actor,
    at: datetime,
    values: dict[str, Any],
) -> Any:
    assert actor.user_id is not None
    return model.objects.create(
        school=school, enterprise=enterprise, made_by_id=actor.user_id, made_at=at, **values
    )


def _tell(what: str, school: School, enterprise: Enterprise, actor: Actor, at: datetime) -> None:
    record(
        what,
        subject=f"enterprise:{enterprise.credit_code}",
        by=actor.user_id,
        at=at,
        school=school.pk,
    )
