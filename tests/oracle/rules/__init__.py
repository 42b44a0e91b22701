"""The 36 rules of the contract, one small function each, grouped as the contract names them.

A rule takes a district and a day and yields its findings; `RULES` names them."""

from collections.abc import Callable, Iterator
from datetime import date

from tests.oracle.district import District
from tests.oracle.rules import agreements, eligibility, hosts, insurance, pay, time, training
from tests.oracle.words import Finding

Rule = Callable[[District, date], Iterator[Finding]]

RULES: dict[str, Rule] = {
    "INS-01": insurance.uninsured,
    "INS-02": insurance.cover_about_to_lapse,
    "INS-03": insurance.premium_borne_by_the_student,
    "INS-05": insurance.no_accident_cover,
    "PAY-01": pay.no_pay_agreed,
    "PAY-02": pay.agreed_pay_below_the_floor,
    "PAY-04": pay.underpaid,
    "PAY-05": pay.paid_in_kind,
    "PAY-06": pay.paid_through_a_third_party,
    "PAY-07": pay.unlawful_deduction,
    "PAY-09": pay.unpaid,
    "ATT-01": time.attendance_not_confirmed,
    "AGR-01": agreements.no_three_party_agreement,
    "AGR-04": agreements.work_outside_the_placement,
    "ELIG-01": eligibility.under_sixteen,
    "ELIG-02": eligibility.first_school_year,
    "ELIG-03": eligibility.consent_missing,
    "ELIG-06": eligibility.not_enrolled,
    "HOST-04": hosts.barred_venue,
    "HOST-05": hosts.intermediary,
    "HOST-07": hosts.outside_the_majors_group,
    "HOST-08": hosts.interns_over_a_tenth_of_staff,
    "HOST-09": hosts.interns_over_a_fifth_of_the_post,
    "HOST-10": hosts.longer_than_six_months,
    "HAZ-01": hosts.high_risk_without_filing,
    "HAZ-02": hosts.barred_for_minors,
    "HAZ-04": hosts.heavy_labour,
    "TIME-01": time.over_eight_hours,
    "TIME-02": time.over_forty_hours_a_week,
    "TIME-03": time.rest_day_or_holiday_work,
    "TIME-04": time.night_work,
    "SUP-01": training.mentor_missing,
    "SUP-03": training.no_safety_training,
    "APP-01": training.no_apprenticeship_agreement,
    "APP-02": training.guardian_has_not_signed,
    "APP-06": training.two_mentors,
}
