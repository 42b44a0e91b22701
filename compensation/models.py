"""The ledger of pay: what is said to have reached a student, and its reversals."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from audit.models import Operation
from common.day_sql import MonthEnd
from common.known_words import known_word
from common.law_sql import IsOneOf, LegalValue, codes_of
from common.sound_values import amounts, by_function, calendar_days, filled
from internships.models import Placement
from people.access import VisibleQuerySet
from people.models import School


class PaymentMethod(models.TextChoices):
    BANK_TRANSFER = "bank_transfer", _("银行转账")
    CASH = "cash", _("现金")
    GOODS = "goods", _("实物")
    VOUCHER = "voucher", _("代金券")


class Payer(models.TextChoices):
    HOST = "host", _("实习单位")
    SCHOOL = "school", _("学校")
    INTERMEDIARY = "intermediary", _("中介机构")
    LABOUR_DISPATCH = "labour_dispatch", _("劳务派遣机构")
    OTHER = "other", _("其他")


class Payee(models.TextChoices):
    STUDENT = "student", _("学生本人")
    GUARDIAN = "guardian", _("监护人")
    OTHER = "other", _("其他")


class SumOfItems(Func):
    """`SumOfItems(items, names)`: the sum of a JSON object's amounts under the names; 0 if none."""

    template = (
        "(SELECT coalesce(sum(item.value::numeric), 0) FROM jsonb_each_text(%(expressions)s))"
    )
    arg_joiner = ") AS item WHERE item.key = ANY("
    output_field = models.DecimalField(max_digits=12, decimal_places=2)


def legal_codes(name: str, day: Func, vocabulary: type[models.Choices]) -> LegalValue:
    """The codes of the words that the law lists under `name` on `day`."""
    return LegalValue(name, day=day, read=codes_of(vocabulary))


# The legal values that say whether a payment counts as pay, and for how much.
VALID_PAY = ("money_payment_methods", "lawful_payers", "lawful_payees", "allowed_deductions")


class PaymentQuerySet(VisibleQuerySet):
    """Ledger entries."""

    def standing(self) -> PaymentQuerySet:
        """Entries that count: neither a reversal nor reversed."""
        reversals = PaymentEntry.objects.filter(reverses=OuterRef("pk"))
        return self.filter(~Exists(reversals), reverses__isnull=True)

    def of(self, placements: models.QuerySet[Any]) -> PaymentQuerySet:
        """The entries of these placements alone."""
        return self.filter(placement__in=placements)

    def valid(self, until: date) -> PaymentQuerySet:
        """Standing entries up to `until` that count as pay: money, from the host, to the student.

        `worth` is what each counts for, yuan: the amount and the income tax withheld from it. The
        law is asked on the last day of the month paid for.
        """
        month_end = MonthEnd("month")
        return (
            self.standing()
            .filter(
                IsOneOf(
                    F("method"), legal_codes("money_payment_methods", month_end, PaymentMethod)
                ),
                IsOneOf(F("payer"), legal_codes("lawful_payers", month_end, Payer)),
                IsOneOf(F("payee"), legal_codes("lawful_payees", month_end, Payee)),
                paid_on__lte=until,
            )
            .annotate(
                worth=F("amount")
                + SumOfItems("deductions", LegalValue("allowed_deductions", day=month_end))
            )
        )


class PaymentEntry(models.Model):
    """One line of the ledger, append-only: a payment, or the reversal of one.

    `amount` is what reached the student, yuan; `deductions` maps a name to yuan with two decimals
    ({"个税": "12.00"}); `month` is the first day of the month paid for. `row_key` is the bank's
    reference where there is one, else a digest of the whole row; a corrected payment is reversed
    and entered again with the next `revision`. A reversal repeats what it takes back.
    `placement` and `school` are empty only where a placement was retracted: its reversed payments
    outlive it.
    """

    placement = models.ForeignKey(
        Placement, models.PROTECT, null=True, related_name="payments", db_constraint=False
    )
    school = models.ForeignKey(
        School, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    month = models.DateField(_("所属月份"))
    amount = models.DecimalField(_("金额"), max_digits=12, decimal_places=2)
    paid_on = models.DateField(_("发放日期"))
    method = models.CharField(_("发放方式"), max_length=14, choices=PaymentMethod)
    payer = models.CharField(_("付款方"), max_length=16, choices=Payer)
    payee = models.CharField(_("收款人"), max_length=10, choices=Payee)
    deductions = models.JSONField(_("扣款项目"), default=dict)
    bank_reference = models.CharField(_("银行流水号"), max_length=64, blank=True)
    row_key = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=0)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    operation = models.ForeignKey(Operation, models.PROTECT, null=True, related_name="+")

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("报酬发放")
        constraints = (
            known_word("payment_method_is_a_known_one", "method", PaymentMethod),
            known_word("payment_payer_is_a_known_one", "payer", Payer),
            known_word("payment_payee_is_a_known_one", "payee", Payee),
            models.UniqueConstraint(
                fields=("placement", "row_key", "revision"),
                condition=Q(reverses__isnull=True),
                name="payment_is_entered_once_a_revision",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="payment_is_not_negative"),
            models.CheckConstraint(
                condition=Q(month__day=1), name="payment_month_is_its_first_day"
            ),
            amounts("payment_is_an_amount", "amount"),
            by_function(
                "payment_deductions_are_amounts_by_name", "is_amounts_by_name", "deductions"
            ),
            calendar_days("payment_days_are_of_the_calendar", "month", "paid_on"),
            filled("payment_has_a_key", "row_key"),
            models.CheckConstraint(
                condition=Q(placement__isnull=True, school__isnull=True)
                | Q(placement__isnull=False, school__isnull=False),
                name="payment_names_placement_and_school_together",
            ),
        )

    def __str__(self) -> str:
        return f"{self.placement_id} {self.month:%Y-%m} {self.amount}"
