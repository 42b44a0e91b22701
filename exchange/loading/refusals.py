"""Why rows that can be read are refused: a stable code, the reason and the remedy of each."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, tuple[Promise | str, Promise | str]] = {
    "duplicate_key": (
        _("与第 %(line)s 行重复：同一个文件里%(key)s只能出现一次"),
        _("请删去其中一行，或改正%(key)s"),
    ),
    "duplicate_row": (
        _("与第 %(line)s 行完全相同，又没有银行流水号可以区分"),
        _("请删去重复的一行；确是两笔的，请补上银行流水号"),
    ),
    "unknown_reference": (
        _("%(sheet)s里没有%(key)s，文件和数据库里都没有"),
        _("请核对，或先在%(sheet)s（%(file)s）里补上这一行"),
    ),
    "enrolled_twice": (
        _("同一证件号码在%(other)s已经是在籍，一个人只能有一个在籍的学籍"),
        _("请把其中一个学籍状态改为休学、退学或毕业，或核对证件号码"),
    ),
    "placements_overlap": (
        _("与同一学生的岗位实习 %(other)s（%(starts_on)s 至 %(last_on)s）日期重叠"),
        _("请调整日期或实际结束日期，或把其中一个改为已取消"),
    ),
    "apprentices_overlap": (
        _("与同一学生的学徒 %(other)s（%(starts_on)s 至 %(last_on)s）日期重叠"),
        _("请调整开始日期或结束日期"),
    ),
    "insured_outside_policy": (
        _("超出保单 %(other)s 的保险期间（%(starts_on)s 至 %(last_on)s）"),
        _("请把生效日期和终止日期改到保险期间之内，或更正保单的日期"),
    ),
    "policy_cut_below_insured": (
        _("保单缩短后，已有的被保险人（%(other)s，%(starts_on)s 至 %(last_on)s）超出保险期间"),
        _("请在同一批文件里一并缩短被保险人的日期，或恢复保单的日期"),
    ),
    "too_many_months": (
        _("考勤连同数据库里已有的超过了 %(limit)s 个月，这一行的月份放不下"),
        _("请核对日期的年份；确实需要更多月份的，请告诉系统管理员"),
    ),
    "unknown_row": (
        _("数据库里没有这一行，无从撤回"),
        _("请核对%(key)s，或从文件里删去这一行"),
    ),
    "still_referred_to": (
        _("仍被%(sheet)s的 %(count)s 行引用（例如 %(other)s）"),
        _("请在同一批文件里一并撤回这些行（%(file)s）"),
    ),
    "nothing_to_load": (
        _("这里没有任何区县数据表"),
        _("请指向含有 schools.csv、students.csv 等文件的文件夹，或含有这些表的工作簿"),
    ),
    "out_of_resources": (
        _("数据库的内存、磁盘或连接不够完成这次导入（%(state)s）"),
        _("没有写入任何内容；请分成几批导入，或把这条信息告诉系统管理员"),
    ),
    "invariant": (
        _("整批数据违反了数据库的约束：%(meaning)s（%(constraint)s）"),
        _("请对照这一条核对文件后重试；文件无误的，请把这条信息告诉系统管理员。没有写入任何内容"),
    ),
}
"""Texts by code; %(…)s are filled with what the check found, never with a personal number."""
