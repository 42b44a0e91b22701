"""PAY: what was agreed, what reached the student, and from whom."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

from tests.oracle.district import District, Month, Payment, Placement
from tests.oracle.words import (
    Finding,
    amount_due,
    attendance_in,
    begun_production,
    due_day,
    hours,
    is_paid_production,
    pay_months,
    ripe,
    settled,
    shown,
    standing_placements,
    standing_production,
    units,
    valid_payments,
)


def no_pay_agreed(district: District, on: date) -> Iterator[Finding]:
    """约定报酬 empty or 0."""
    for placement in standing_production(district, on):
        if placement.agreed_pay is None or placement.agreed_pay == 0:
            yield Finding(placement.code, "", "critical", {})


def monthly_equivalent(placement: Placement) -> Fraction:
    """月薪 as is; 日薪 × 21.75; 时薪 × 174."""
    assert placement.agreed_pay is not None
    times = {"月薪": Fraction(1), "日薪": Fraction("21.75"), "时薪": Fraction(174)}
    return Fraction(placement.agreed_pay) * times[placement.pay_basis]


def agreed_pay_below_the_floor(district: District, on: date) -> Iterator[Finding]:
    """Monthly equivalent < min(0.8 × 同岗位工资标准, 最低档工资标准 where present)."""
    for placement in standing_production(district, on):
        if placement.status not in ("已批准", "实习中") or not is_paid_production(placement):
            continue
        post = district.post[placement.post_code]
        floor = Fraction(8, 10) * Fraction(post.wage_standard)
        if post.lowest_wage is not None:
            floor = min(floor, Fraction(post.lowest_wage))
        agreed = monthly_equivalent(placement)
        if agreed < floor:
            severity = "warning" if placement.stage == "辅助" else "critical"
            facts = {"floor": shown(floor), "agreed": shown(agreed)}
            yield Finding(placement.code, "", severity, facts)


def ripe_months(district: District, on: date) -> Iterator[tuple[Placement, Month]]:
    """Every pay month whose due day is before D."""
    for placement in begun_production(district, on):
        if is_paid_production(placement):
            for month in pay_months(placement):
                if ripe(placement, month, on):
                    yield placement, month


def underpaid(district: District, on: date) -> Iterator[Finding]:
    """M ripe, attendance settled, valid payments > 0 and < amount due."""
    for placement, month in ripe_months(district, on):
        rows = attendance_in(district, placement, month)
        due = amount_due(placement, month, rows)
        paid = valid_payments(district, placement, month, on)
        if settled(rows) and 0 < paid < due:
            facts = {"due": shown(due), "paid": shown(paid)}
            yield Finding(placement.code, str(month), "critical", facts)


def unpaid(district: District, on: date) -> Iterator[Finding]:
    """M ripe, valid payments = 0, unless settled attendance amounts to 0 units and 0 hours."""
    for placement, month in ripe_months(district, on):
        rows = attendance_in(district, placement, month)
        idle = settled(rows) and sum(map(units, rows)) == 0 and sum(map(hours, rows)) == 0
        if valid_payments(district, placement, month, on) == 0 and not idle:
            due_on = due_day(placement, month)
            facts = {"due_on": due_on.isoformat(), "days_overdue": (on - due_on).days}
            yield Finding(placement.code, str(month), "critical", facts)


def payments_that(
    district: District, on: date, wrong: Callable[[Payment], bool]
) -> Iterator[tuple[Placement, Month, list[Payment]]]:
    """Wrong payments up to D of standing placements, by placement and 所属月份."""
    for placement in standing_placements(district, on):
        months: dict[Month, list[Payment]] = defaultdict(list)
        for payment in district.payments_of.get(placement.code, ()):
            if payment.paid_on <= on and wrong(payment):
                months[payment.month].append(payment)
        for month, payments in months.items():
            yield placement, month, payments


def paid_in_kind(district: District, on: date) -> Iterator[Finding]:
    """A payment by 实物 or 代金券."""

    def in_kind(payment: Payment) -> bool:
        return payment.method in ("实物", "代金券")

    for placement, month, _ in payments_that(district, on, in_kind):
        yield Finding(placement.code, str(month), "critical", {})


def paid_through_a_third_party(district: District, on: date) -> Iterator[Finding]:
    """A payment with 付款方 ≠ 实习单位 or 收款人 ≠ 学生本人."""

    def through_others(payment: Payment) -> bool:
        return payment.payer != "实习单位" or payment.payee != "学生本人"

    for placement, month, _ in payments_that(district, on, through_others):
        yield Finding(placement.code, str(month), "critical", {})


def unlawful_deduction(district: District, on: date) -> Iterator[Finding]:
    """A payment with a 扣款项目 other than 个税."""

    def unlawful(payment: Payment) -> set[str]:
        return {name for name, _ in payment.deductions if name != "个税"}

    def deducts(payment: Payment) -> bool:
        return unlawful(payment) != set()

    for placement, month, payments in payments_that(district, on, deducts):
        items = sorted(set().union(*map(unlawful, payments)))
        yield Finding(placement.code, str(month), "critical", {"items": items})
