"""Where rules have not answered, no page says that everybody is insured and paid."""

from __future__ import annotations

import pytest

from compliance.models import SweepRun
from people.roles import Role
from tests.console.sites import NOW, ON, District, join, signed_in

INSURED, PAID = "今天人人有保险", "没有拖欠的报酬"


def pages(district: District) -> tuple[str, str]:
    """The coordinator's page of the day and the commission's district, without a case."""
    coordinator = signed_in(join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"]))
    commission = signed_in(join("dc", Role.COMMISSION, None))
    return (
        coordinator.get("/today").content.decode(),
        commission.get("/district").content.decode(),
    )


def swept(*failed: str) -> None:
    """A finished sweep, in which these rules failed."""
    SweepRun.objects.create(on=ON, started_at=NOW, finished_at=NOW, failed_rules=list(failed))


def test_a_district_that_was_never_swept_is_called_neither_insured_nor_paid(
    district: District,
) -> None:
    SweepRun.objects.create(on=ON, started_at=NOW)

    today, whole = pages(district)

    for page in (today, whole):
        assert "全区还没有检查过" in page
        assert INSURED not in page
        assert PAID not in page
        assert "100.0%" not in page


@pytest.mark.parametrize(
    ("failed", "insured", "paid"),
    [("INS-01", False, True), ("PAY-09", True, False), ("PAY-04", True, False)],
)
def test_a_rule_that_failed_in_the_last_sweep_is_named_and_nothing_is_said_for_it(
    district: District, failed: str, insured: bool, paid: bool
) -> None:
    swept()
    swept(failed)

    today, whole = pages(district)

    for page in (today, whole):
        assert f"没有判成：{failed}" in page
    assert (INSURED in today, PAID in today) == (insured, paid)
    assert "<strong>—</strong>" in whole


def test_a_later_sweep_in_which_every_rule_answered_ends_the_warning(district: District) -> None:
    swept("INS-01")
    swept()

    today, whole = pages(district)

    assert "没有判成" not in today + whole
    assert INSURED in today
    assert PAID in today
