"""A small district in which every rule finds something, as often as asked."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from compensation.models import Payer, PaymentMethod
from insurance.models import PremiumPayer
from internships.models import Hazard
from people.models import EnrolmentStatus, EnterpriseNature, School, VenueKind
from tests.rules.builders import (
    attend,
    attend_all,
    insure,
    make_apprentice,
    make_enterprise,
    make_learner,
    make_placement,
    make_post,
    make_school,
    pay,
    workdays,
)

ON = date(2026, 11, 12)


def break_every_rule(*, school: School | None = None) -> None:
    """One subject or more for each of the 36 rules on 2026-11-12."""
    school = school or make_school()
    _break_rules_of_paper(school)
    _break_rules_of_pay(school)
    _break_rules_of_time(school)
    child = make_learner(school=school, born_on=date(2011, 1, 1))
    make_apprentice(
        learner=child, agreed_on=None, guardian_signed_on=None, teacher=None, mentor=None
    )


def _break_rules_of_paper(school: School) -> None:
    """INS, AGR-01, ELIG, HOST, HAZ, SUP and PAY-01."""
    learner = make_learner(
        school=school,
        born_on=date(2011, 1, 1),
        enrolled_on=date(2026, 8, 25),
        status=EnrolmentStatus.SUSPENDED,
    )
    enterprise = make_enterprise(
        staff_count=1, venue=VenueKind.BAR, nature=EnterpriseNature.INTERMEDIARY
    )
    post = make_post(
        enterprise,
        headcount=1,
        hazards=[Hazard.HEIGHT, Hazard.DUST],
        labour_grade="IV",
        major_groups=["01"],
    )
    make_placement(
        learner=learner,
        post=post,
        ends_on=date(2027, 6, 30),
        agreed_pay=None,
        teacher=None,
        mentor=None,
        safety_trained_on=None,
        student_consented_on=None,
        guardian_consented_on=None,
    )
    lapsing = make_placement(learner=make_learner(school=school))
    insure(lapsing.learner, date(2026, 9, 1), date(2026, 11, 30), payer=PremiumPayer.STUDENT)


def _break_rules_of_pay(school: School) -> None:
    """PAY-02 to PAY-09 and ATT-01."""
    placement = make_placement(learner=make_learner(school=school), agreed_pay=Decimal("2000.00"))
    attend_all(placement, workdays(date(2026, 9, 1), date(2026, 9, 30)))
    pay(placement, date(2026, 9, 1), "100.00", deductions={"餐费": "10.00"})
    pay(placement, date(2026, 10, 1), "100.00", payer=Payer.SCHOOL, method=PaymentMethod.GOODS)


def _break_rules_of_time(school: School) -> None:
    """AGR-04 and TIME-01 to TIME-04."""
    placement = make_placement(learner=make_learner(school=school))
    monday = date(2026, 10, 12)
    for number in range(7):
        attend(
            placement,
            monday + timedelta(days=number),
            hours=Decimal(9),
            came_minute=900,
            left_minute=1439,
        )
    attend(placement, date(2026, 8, 31))
