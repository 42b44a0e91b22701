"""Pay: agreed, not below the floor, whole, on time, in money, straight to the student."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg, BoolAnd
from django.db.models import (
    Case,
    CharField,
    DecimalField,
    Exists,
    F,
    Func,
    Min,
    OuterRef,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Collate, Least, Round
from django.db.models.lookups import Exact
from django.db.models.sql.constants import LOUTER
from django.utils.translation import gettext_lazy as _
from django_cte import CTE, with_cte

from common.day_sql import DaysFrom, MonthEnd, MonthName
from common.law_sql import IsOneOf, LegalValue
from common.ranges import FirstDay
from compensation.models import VALID_PAY, Payee, Payer, PaymentEntry, PaymentMethod, legal_codes
from compliance.findings import Severity
from compliance.found_rows import found, two_decimals
from compliance.registry import rule
from compliance.scopes import Rows, begun_production, standing_placements, standing_production
from internships.attendance_queries import AttendanceQuerySet
from internships.models import (
    AttendanceDay,
    PayBasis,
    PlacementMonth,
    Stage,
)
from internships.placement_queries import PlacementQuerySet

HALF = Decimal("0.5")
EXACT = DecimalField(max_digits=40, decimal_places=10)


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


def exact(amount: Any) -> Func:
    """The amount as it is, unrounded."""
    return Func(amount, template="(%(expressions)s)", output_field=EXACT)


def ripe_pay_months(placements: PlacementQuerySet, on: date) -> Rows:
    """The pay months of `placements` whose `due_on` has passed, with what was `paid`."""
    payments = PaymentEntry.objects.of(placements).valid(until=on)
    paid = CTE(payments.values("placement_id", "month").annotate(sum=Sum("worth")), name="paid")
    months = PlacementMonth.objects.of(placements).filter(has_workday=True)
    ripe = months.with_agreed_pay().due_before(on)
    joined = paid.join(
        ripe, placement_id=paid.col.placement_id, month=paid.col.month, _join_type=LOUTER
    )
    return with_cte(paid, select=joined.annotate(paid=paid.col.sum))


def attendance_of_month() -> AttendanceQuerySet:
    """The attendance of a month of a placement, asked from its row."""
    return AttendanceDay.objects.filter(
        placement_id=OuterRef("placement_id"),
        day__range=(OuterRef("first_on"), OuterRef("last_on")),
    )


def partly_paid_and_settled(placements: PlacementQuerySet, on: date) -> Rows:
    """Ripe months with some pay and settled attendance: pay that is taken back mends none."""
    attendance = attendance_of_month()
    return ripe_pay_months(placements, on).filter(
        Exists(attendance), ~Exists(attendance.filter(confirmed=False)), paid__gt=0
    )


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
    doubtful = CTE(
        paid_in_part(placements, on).values(
            "placement_id",
            "placement__code",
            *("month", "month_ends_on", "first_on", "last_on", "workdays", "due_on", "paid"),
        ),
        name="doubtful_month",
        materialized=True,
    )
    attendance = doubtful.join(
        AttendanceDay.objects.filter(day__lt=on),
        placement_id=doubtful.col.placement_id,
        day__gte=doubtful.col.first_on,
        day__lte=doubtful.col.last_on,
    )
    episodes = CTE(attendance.worth_by_terms(month=doubtful.col.month), name="episode")
    months = episodes.join(
        doubtful.queryset(),
        placement_id=episodes.col.placement_id,
        month=episodes.col.month,
    )
    due = (
        months.values("placement_id", "placement__code", "month", "workdays", "due_on", "paid")
        .annotate(
            settled=BoolAnd(episodes.col.settled),
            times_workdays=Sum(due_times_workdays(episodes.col)),
        )
        .annotate(due=Round(exact(F("times_workdays") / F("workdays")), precision=2))
    )
    return found(
        with_cte(doubtful, episodes, select=due.filter(settled=True, paid__lt=F("due"))),
        key="placement_id",
        subject="placement__code",
        period=MonthName("month"),
        since="due_on",
        due=two_decimals(F("due")),
        paid=two_decimals(F("paid")),
    )


def paid_in_part(placements: PlacementQuerySet, on: date) -> Rows:
    """Ripe months with some pay that may be too little.

    A monthly pay is never due beyond itself: who got all of it needs no look at the attendance.
    """
    months = ripe_pay_months(placements, on).annotate(
        basis=F("closing__pay_basis"),
        monthly_pay=F("closing__agreed_pay"),
        amended_on=FirstDay("closing__period"),
    )
    may_be_short = (
        Q(basis__in=(PayBasis.DAILY, PayBasis.HOURLY))
        | Q(monthly_pay__gt=F("paid"))
        | Q(amended_on__gt=F("first_on"))
    )
    return months.filter(may_be_short, paid__gt=0)


def due_times_workdays(worth: Any) -> Func:
    """What is due for one episode of terms in a month, times the month's workdays.

    Multiplied rather than divided, so that the sum over the episodes is rounded exactly once.
    A monthly pay is due by the share of the month's workdays, never beyond itself.
    """
    units = worth.full_days + worth.half_days * Value(HALF)
    leave_hours = LegalValue("paid_leave_hours", day=F("month_ends_on"))
    hours = worth.hours_worked + worth.leave_days * leave_hours
    agreed = Coalesce(worth.agreed_pay, Value(Decimal(0)))
    workdays = F("workdays")
    return exact(
        Case(
            When(
                Exact(worth.pay_basis, Value(PayBasis.MONTHLY.value)),
                then=exact(Least(exact(agreed * units), exact(agreed * workdays))),
            ),
            When(
                Exact(worth.pay_basis, Value(PayBasis.DAILY.value)),
                then=exact(agreed * units * workdays),
            ),
            default=exact(agreed * hours * workdays),
            output_field=EXACT,
        )
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
    months = ripe_pay_months(placements, on).filter(Q(paid__isnull=True) | Q(paid=0))
    unpaid_months = CTE(
        months.values("placement_id", "placement__code", "month", "first_on", "last_on", "due_on"),
        name="unpaid_month",
        materialized=True,
    )
    attendance = attendance_of_month()
    due = with_cte(unpaid_months, select=unpaid_months).exclude(
        Exists(attendance), ~Exists(attendance.unsettled_or_paid())
    )
    return found(
        due,
        key="placement_id",
        subject="placement__code",
        period=MonthName("month"),
        since="due_on",
        due_on=F("due_on"),
        days_overdue=DaysFrom(Value(on), F("due_on")),
    )
