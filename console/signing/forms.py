"""Forms of the page of papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from internships.documents.checks import Fault
from internships.documents.wording import LONGEST_TEXT, MOST_NOTICE_DAYS, Board, PayMethod, Said
from internships.models import DocumentKind, SignalVerdict
from internships.models.life import MOST_CHARACTERS
from internships.models.moves import Party
from internships.models.signing import LINKED_PARTIES

NOT_YET = ("", _("请选择"))


def _line(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST_TEXT, **options)


def _text(label: Any) -> forms.CharField:
    return _line(label, widget=forms.Textarea({"rows": 2}))


def _word(label: Any, words: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[NOT_YET, *words.choices])


class WordingForm(forms.Form):
    """The nine contents, as far as the terms do not say them."""

    school_contact = _line(_("学校联系人及电话"))
    host_contact = _line(_("单位联系人及电话"))
    place = _line(_("实习地点"))
    tasks = _text(_("实习内容"))
    conditions = _text(_("条件保障"))
    weekly_hours = _line(_("每周工时"))
    begins = _line(_("上班时间"))
    ends = _line(_("下班时间"))
    rest = _text(_("休息休假"))
    meals = _word(_("用餐"), Board)
    lodging = _word(_("住宿"), Board)
    lodging_place = _line(_("住宿地点"))
    pay_method = _word(_("支付方式"), PayMethod)
    protection = _text(_("劳动保护和职业病危害防护"))
    accident = _text(_("伤亡事故处理办法"))
    assessment = _text(_("实习考核方式"))
    breach = _text(_("违约责任"))
    notice_days = forms.IntegerField(
        label=_("提前几日通知"), min_value=0, max_value=MOST_NOTICE_DAYS, initial=Said().notice_days
    )
    other = _text(_("其他约定"))


def named(fault: Fault) -> str:
    """What is wrong, after the field of the wording that it is in, where it is in one."""
    field = WordingForm.base_fields.get(fault.field)
    if field is None:
        return fault.sentence
    return gettext("%(field)s：%(sentence)s") % {
        "field": field.label,
        "sentence": fault.sentence,
    }


class IssueForm(forms.Form):
    """Which paper."""

    kind = forms.ChoiceField(choices=DocumentKind.choices)


class LinkForm(forms.Form):
    """For which party, and for a host's signatory who that is."""

    party = forms.ChoiceField(choices=[(str(party), party.label) for party in LINKED_PARTIES])
    name = forms.CharField(label=_("签署人姓名"), required=False, max_length=100)
    phone = forms.CharField(label=_("签署人本人的手机"), required=False, max_length=20)


class JudgeForm(forms.Form):
    """What it was, and how that was found out."""

    verdict = forms.ChoiceField(label=_("核实结果"), choices=SignalVerdict.choices)
    note = forms.CharField(label=_("怎样核实的"), max_length=MOST_CHARACTERS)


class CopyForm(forms.Form):
    """Of which paper, signed by whom, and the file."""

    kind = forms.ChoiceField(label=_("文书"), choices=DocumentKind.choices)
    party = forms.ChoiceField(label=_("签署方"), choices=Party.choices)
    file = forms.FileField(
        label=_("扫描件或照片"),
        error_messages={"required": _("请选择不超过 5 MB 的 PDF、JPEG 或 PNG 文件")},
    )
