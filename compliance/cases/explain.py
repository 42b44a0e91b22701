"""A case explained: what is wrong, since when, by which article, what cures it, whose it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from compliance.cases.alerts import Alert
from compliance.cases.owners import owners_of
from compliance.cases.words import AlertState
from compliance.explain.texts import texts_in
from compliance.explain.wording import COMMA, numbers_said, said
from compliance.registry import Rule, all_rules
from law.articles import article_for
from people.models import User

TITLE_OF_LANGUAGE = {"zh": "zh-hans", "en": "en"}


@dataclass(frozen=True, slots=True)
class Held:
    """At which level a case is held, that with the names of the people there, and their ids."""

    level: str
    named: str
    user_ids: tuple[int, ...]


NOBODY = Held("", "", ())


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a page, a letter or a command says of one case, in one language.

    `level` is where it is held, `holder` that with the names of the people there; `days` is how
    many days it is about or has lasted; `amount` yuan that are missing; `quote` the
    article's own words, `gloss` their sense in English; the last two days are null without a
    deadline or for a case that is closed.
    """

    title: str
    sentence: str
    since: date | None
    days: int | None
    amount: Decimal | None
    article: str
    quote: str
    gloss: str
    cure: str
    state: str
    level: str
    holder: str
    holder_ids: tuple[int, ...]
    acknowledge_by: date | None
    cure_by: date | None
    is_overdue: bool


def explain(alert: Alert, *, on: date, language: str = "zh") -> Explanation:
    """The case as it is on the day, in `zh` or `en`; of closed cases, what was last seen."""
    rule = next(rule for rule in all_rules() if rule.id == alert.rule)
    sentence, cure = tell(alert, rule, on=on, language=language)
    article = article_for(rule.id)
    acknowledge_by, cure_by, due_on = _deadlines(alert)
    holder = held([alert], on=on, language=language).get(alert.pk, NOBODY)
    with override(TITLE_OF_LANGUAGE[language]):
        title, state = str(rule.title), str(alert.get_state_display())
    return Explanation(
        title=title,
        sentence=sentence,
        since=alert.since,
        days=days_of(alert, on),
        amount=amount_of(alert),
        article=article.source,
        quote=article.quote,
        gloss=article.gloss,
        cure=cure,
        state=state,
        level=holder.level,
        holder=holder.named,
        holder_ids=holder.user_ids,
        acknowledge_by=acknowledge_by,
        cure_by=cure_by,
        is_overdue=due_on is not None and due_on < on,
    )


def tell(alert: Alert, rule: Rule, *, on: date, language: str) -> tuple[str, str]:
    """What is wrong and what would cure it; asks the database nothing.

    A fact that an old case does not have, for its rule told others then, is written as a dash.
    """
    texts = texts_in(language)
    text = texts.rules[rule.id]
    words = defaultdict(lambda: "—", numbers_said(rule, on))
    words |= said(facts_on(alert, on), texts, language)
    words |= {"period": alert.period, "subject": alert.subject}
    return text.wrong.format_map(words), text.cure.format_map(words)


def facts_on(alert: Alert, on: date) -> dict[str, Any]:
    """The facts last seen, with days overdue counted to the day for a case that stands."""
    if alert.is_standing and "days_overdue" in alert.facts:
        late = (on - date.fromisoformat(alert.facts["due_on"])).days
        return {**alert.facts, "days_overdue": max(late, 0)}
    return alert.facts


def days_of(alert: Alert, on: date) -> int | None:
    """Days uninsured, overdue, listed or summed by the rule; else days from the first to `on`.

    Of a closed case, to the day it was closed.
    """
    facts = facts_on(alert, on)
    told = facts.get("days_overdue", facts.get("days"))
    if isinstance(told, list):
        return len(told)
    if told is not None:
        return int(told)
    if alert.since is None:
        return None
    until = on if alert.closed_at is None else min(on, timezone.localdate(alert.closed_at))
    return max((until - alert.since).days, 0)


def amount_of(alert: Alert) -> Decimal | None:
    """Yuan missing: of a month's pay, or of a month at the agreed pay."""
    for whole, part in (("due", "paid"), ("floor", "agreed")):
        if whole in alert.facts and part in alert.facts:
            return Decimal(alert.facts[whole]) - Decimal(alert.facts[part])
    return None


def _deadlines(alert: Alert) -> tuple[date | None, date | None, date | None]:
    """The last days yet to be met, to acknowledge and to cure, and the first of them."""
    if not alert.is_standing:
        return None, None, None
    asked = Alert.objects.filter(pk=alert.pk).with_deadlines()
    to_acknowledge, to_cure, due_on = asked.values_list("acknowledge_by", "cure_by", "due_on").get()
    return (to_acknowledge if alert.state == AlertState.OPEN else None), to_cure, due_on


def held(alerts: Iterable[Alert], *, on: date, language: str) -> dict[int, Held]:
    """By whom each of the cases that stand is held, in a fixed number of queries."""
    holders = owners_of((alert.pk for alert in alerts if alert.is_standing), on=on)
    users = {user for holder in holders.values() for user in holder.user_ids}
    names = dict(User.objects.filter(pk__in=users).values_list("pk", "display_name"))
    said = {}
    with override(TITLE_OF_LANGUAGE[language]):
        for key, holder in holders.items():
            who = COMMA[language].join(names[user] for user in holder.user_ids)
            level = str(holder.level.label)
            said[key] = Held(level, f"{level} {who}".rstrip(), holder.user_ids)
    return said
