"""Pay: agreed, not below the floor, whole, on time, in money, straight to the student."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, CharField, F, Func, Min, Q, Value, When
from django.db.models.functions import Collate, Least
from django.utils.translation import gettext_lazy as _
from django_cte import CTE, with_cte

from common.day_sql import DaysFrom, MonthEnd, MonthName
from common.law_sql import IsOneOf, LegalValue
from compensation.due import EXACT, exact
from compensation.models import VALID_PAY, Payee, Payer, PaymentEntry, PaymentMethod, legal_codes
from compensation.month_queries import (
    SOME_PAID,
    is_settled,
    ripe_pay_months,
    short_months,
    unpaid_months,
)
from compliance.findings import Severity
from compliance.found_rows import found, two_decimals
from compliance.registry import rule
from compliance.scopes import Rows, begun_production, standing_placements, standing_production
from internships.models import PayBasis, Stage
from internships.placement_queries import PlacementQuerySet


@rule(
    "PAY-01",
    title=_("未约定实习报酬"),
    severity=Severity.CRITICAL,
    scope=standing_production,
    duty="pay_duty",
)
def no_pay_agreed(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Placements without an agreed pay, or with one of nothing."""
    unpaid_terms = Q(judged__agreed_pay__isnull=True) | Q(judged__agreed_pay=0)
    return found(
        placements.with_judged_terms(on).filter(unpaid_terms), subject="code", since="starts_on"
    )


def with_pay_to_come(placements: PlacementQuerySet, on: date) -> Rows:
    """Placements to come or running with a pay agreed: an end, or a pay of nothing, mends none."""
    return placements.not_ended().with_judged_terms(on).filter(judged__agreed_pay__gt=0)


@rule(
    "PAY-02",
    title=_("约定报酬低于底线"),
    severity=Severity.CRITICAL,
    scope=standing_production,
    numbers=("pay_floor_share", "monthly_paid_days", "monthly_paid_hours"),
    judges=with_pay_to_come,
)
def agreed_pay_below_floor(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Placements to come or running whose pay, as a month's, is below the floor of their post.

    The floor is a share of the post's wage standard, or the lowest grade where that is less. A
    breach is a warning while the student only assists.
    """
    start = F("starts_on")
    agreed = F("judged__agreed_pay") * Case(
        When(judged__pay_basis=PayBasis.DAILY, then=LegalValue("monthly_paid_days", day=start)),
        When(judged__pay_basis=PayBasis.HOURLY, then=LegalValue("monthly_paid_hours", day=start)),
        default=Value(Decimal(1)),
        output_field=EXACT,
    )
    share = LegalValue("pay_floor_share", day=start)
    floor = Least(F("judged__post__wage_standard") * share, F("judged__post__lowest_wage"))
    below = (
        with_pay_to_come(placements, on)
        .annotate(agreed=exact(agreed), floor=exact(floor))
        .filter(agreed__lt=F("floor"))
    )
    return found(
        below,
        subject="code",
        since="starts_on",
        severity=Case(
            When(judged__stage=Stage.ASSISTING, then=Value(Severity.WARNING.value)),
            default=Value(Severity.CRITICAL.value),
            output_field=CharField(),
        ),
        floor=two_decimals(F("floor")),
        agreed=two_decimals(F("agreed")),
    )


def partly_paid_and_settled(placements: PlacementQuerySet, on: date) -> Rows:
    """Ripe months with some pay and settled attendance: pay that is taken back mends none."""
    return ripe_pay_months(placements, on).filter(is_settled(), SOME_PAID)


@rule(
    "PAY-04",
    title=_("未足额支付报酬"),
    severity=Severity.CRITICAL,
    scope=begun_production,
    numbers=("paid_leave_hours", *VALID_PAY),
    judges=partly_paid_and_settled,
)
def underpaid(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Months past their due day, of settled attendance, paid in part: less than is due for it."""
    return found(
        short_months(placements, on),
        key="placement_id",
        subject="placement__code",
        period=MonthName("month"),
        since="due_on",
        due=two_decimals(F("due")),
        paid=two_decimals(F("paid")),
    )


@rule(
    "PAY-05",
    title=_("以实物或代金券支付报酬"),
    severity=Severity.CRITICAL,
    scope=standing_placements,
    numbers=("money_payment_methods",),
)
def paid_in_kind(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Months for which something other than money was paid."""
    methods = legal_codes("money_payment_methods", MonthEnd("month"), PaymentMethod)
    payments = payments_until(placements, on).exclude(IsOneOf(F("method"), methods))
    return found_by_month(payments)


@rule(
    "PAY-06",
    title=_("经第三方支付报酬"),
    severity=Severity.CRITICAL,
    scope=standing_placements,
    numbers=("lawful_payers", "lawful_payees"),
)
def paid_through_third_party(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Months for which somebody other than the host paid, or other than the student was paid."""
    payers = legal_codes("lawful_payers", MonthEnd("month"), Payer)
    payees = legal_codes("lawful_payees", MonthEnd("month"), Payee)
    straight = Q(IsOneOf(F("payer"), payers)) & Q(IsOneOf(F("payee"), payees))
    return found_by_month(payments_until(placements, on).exclude(straight))


@rule(
    "PAY-07",
    title=_("违规扣款"),
    severity=Severity.CRITICAL,
    scope=standing_placements,
    numbers=("allowed_deductions",),
)
def unlawful_deduction(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Months in whose pay something other than income tax was deducted, be it nothing."""
    item = Func(F("deductions"), function="jsonb_object_keys", output_field=CharField())
    deducted = CTE(
        payments_until(placements, on)
        .exclude(deductions={})
        .values("placement_id", "placement__code", "month", "paid_on", item=item),
        name="deducted",
    )
    allowed = LegalValue("allowed_deductions", day=MonthEnd("month"))
    name = Collate("item", "C")
    unlawful = (
        with_cte(deducted, select=deducted)
        .exclude(IsOneOf(F("item"), allowed))
        .values("placement_id", "placement__code", "month")
        .annotate(items=ArrayAgg(name, distinct=True, order_by=name), since=Min("paid_on"))
    )
    return found(
        unlawful,
        key="placement_id",
        subject="placement__code",
        period=MonthName("month"),
        since="since",
        items="items",
    )


def payments_until(placements: PlacementQuerySet, on: date) -> Rows:
    """The payments of the placements that stand in the ledger, made up to `on`."""
    return PaymentEntry.objects.standing().of(placements).filter(paid_on__lte=on)


def found_by_month(payments: Rows) -> Rows:
    """Payments as one finding a placement and 所属月份."""
    return found(
        payments.values("placement_id", "placement__code", "month").annotate(since=Min("paid_on")),
        key="placement_id",
        subject="placement__code",
        period=MonthName("month"),
        since="since",
    )


@rule(
    "PAY-09",
    title=_("拖欠报酬"),
    severity=Severity.CRITICAL,
    scope=begun_production,
    duty="pay_duty",
    numbers=VALID_PAY,
    judges=ripe_pay_months,
)
def unpaid(placements: PlacementQuerySet, *, on: date) -> Rows:
    """Months past their due day without valid pay, unless settled attendance shows no work."""
    return found(
        unpaid_months(placements, on),
        key="placement_id",
        subject="placement__code",
        period=MonthName("month"),
        since="due_on",
        due_on=F("due_on"),
        days_overdue=DaysFrom(Value(on), F("due_on")),
    )
