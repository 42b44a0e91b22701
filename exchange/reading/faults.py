"""What can be wrong with a district's files: a stable code, the reason and the remedy of each."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.identifiers import BadIdentifier

Texts = tuple[Promise | str, Promise | str]

CELLS: dict[str, Texts] = {
    "required": (_("必填，但这一格是空的"), _("请填写这一格")),
    "too_long": (_("超过 %(limit)s 个字符"), _("请缩短到 %(limit)s 个字符以内")),
    "undecodable": (
        _("这一格的字节不是 %(encoding)s 文字"),
        _("请把整个文件另存为“CSV UTF-8”后重新导出"),
    ),
    "control_character": (
        _("含有看不见的控制字符"),
        _("请删去这一格后重新输入，或用 CLEAN 函数清理"),
    ),
    "mangled_number": (
        _("数字被电子表格变成了科学计数或小数，原来的数位已经丢失"),
        _("请先把这一列设为“文本”格式，再重新输入原来的号码"),
    ),
    "numeric_cell": (
        _("这一格是数值，不是文本，数位可能已经丢失"),
        _("请先把这一列设为“文本”格式，再重新输入"),
    ),
    "boolean_cell": (_("这一格是逻辑值 TRUE/FALSE"), _("请写成文字，例如“是”或“否”")),
    "date_cell": (
        _("电子表格把这一格变成了日期或时间"),
        _("请先把这一列设为“文本”格式，再重新输入"),
    ),
    "date_with_time": (_("日期里带有钟点"), _("请只保留日期，例如 2026-09-01")),
    "bad_date": (_("不是日期"), _("请写成 2026-09-01、2026/9/1、2026.9.1 或 20260901")),
    "no_such_date": (_("日历上没有这一天"), _("请核对年、月、日")),
    "date_out_of_range": (
        _("年份不在 %(first)s–%(last)s 之间"),
        _("请核对年份"),
    ),
    "bad_month": (_("不是月份"), _("请写成 2026-09、202609 或 2026/9")),
    "not_first_of_month": (
        _("月份这一格是一个不在月初的日期"),
        _("请写成文字，例如 2026-09"),
    ),
    "bad_number": (_("不是数字"), _("请只写数字，不带单位、货币符号和千分位逗号")),
    "negative": (_("不能小于 0"), _("请填写 0 或更大的数")),
    "too_many_decimals": (_("小数超过两位"), _("请保留至多两位小数")),
    "too_large": (_("大于 %(limit)s"), _("请核对，最大为 %(limit)s")),
    "bad_headcount": (_("不是人数"), _("请写 1 或更大的整数")),
    "bad_pay_day": (_("不是支付日"), _("请写 1 到 28 的整数")),
    "bad_time": (_("不是钟点"), _("请写成 08:30 或 8:30，00:00 到 23:59")),
    "midnight_as_start": (_("24:00 只能作下班时间"), _("请写成 00:00，或核对日期")),
    "bad_boolean": (_("不是“是”或“否”"), _("请写“是”或“否”")),
    "unknown_word": (_("不是可选的词"), _("可选：%(choices)s%(nearest)s")),
    "bad_ordinal": (_("不是专业大类序号"), _("请写 01 到 19 的两位序号，用分号隔开")),
    "bad_deduction": (_("扣款项目写法不对"), _("请写成“名称:金额”，多项用分号隔开")),
    "deduction_colon": (_("扣款名称里有冒号"), _("请去掉名称里的冒号，写成“名称:金额”")),
    "deduction_twice": (_("同一行里一个扣款名称写了两次"), _("请合并成一项")),
    "bad_school_code": (_("学校标识码不是 10 位数字"), _("请写 10 位数字")),
    "bad_division_code": (_("行政区划代码不是 6 位数字"), _("请写 6 位数字")),
    "bad_major_code": (
        _("专业代码写法不对"),
        _("请写 6 位数字（可加 K），前两位为 21–39、41–59 或 61–79"),
    ),
}

ROWS: dict[str, Texts] = {
    "ends_before_start": (_("早于%(start)s"), _("请核对起止日期，结束不能早于开始")),
    "born_after_enrolment": (
        _("证件号码里的出生日期晚于入学日期"),
        _("请核对证件号码和入学日期"),
    ),
    "one_time_missing": (
        _("上班时间和下班时间只写了一个"),
        _("请两个都写，或两个都不写"),
    ),
    "surrender_date_missing": (_("状态为退保，但没有退保日期"), _("请填写退保日期")),
    "extra_cells": (
        _("这一行的格子比表头多"),
        _("请删去多出的格子；内容里有逗号时须用双引号括起"),
    ),
    "hidden_row": (
        _("这一行是隐藏的或高度近于零，但有内容"),
        _("请取消隐藏后核对，或删去这一行"),
    ),
}

FILES: dict[str, Texts] = {
    "not_found": (_("没有这个文件或文件夹"), _("请核对路径")),
    "unreadable": (_("打不开：%(why)s"), _("请核对文件和它的读取权限")),
    "not_a_district": (
        _("既不是文件夹，也不是 .xlsx 工作簿"),
        _("请给出装有 CSV 文件的文件夹，或一个 .xlsx 工作簿"),
    ),
    "not_a_file": (_("不是普通文件"), _("请换成真正的文件")),
    "unknown_file": (_("不认识的文件名"), _("可用的文件名：%(known)s%(nearest)s")),
    "unknown_sheet": (_("不认识的工作表名"), _("可用的工作表名：%(known)s%(nearest)s")),
    "unexpected_file": (
        _("文件夹里只读 CSV 文件"),
        _("请另存为“CSV UTF-8”，或把 .xlsx 工作簿单独作为路径给出"),
    ),
    "wrong_content": (_("内容不是 CSV 文字，而是%(what)s"), _("请另存为“CSV UTF-8”")),
    "wrong_encoding": (
        _("既不是 UTF-8，也不是 GBK/GB18030 文字"),
        _("请另存为“CSV UTF-8”"),
    ),
    "no_header": (_("没有表头"), _("请在第一行写列名：%(known)s")),
    "wrong_delimiter": (_("列不是用逗号隔开的"), _("请另存为用逗号隔开的“CSV UTF-8”")),
    "unknown_column": (_("不认识的列名"), _("可用的列名：%(known)s%(nearest)s")),
    "duplicate_column": (_("同一个列名出现了两次"), _("请只保留一列")),
    "missing_column": (_("缺少必需的列"), _("请加上这一列")),
    "not_a_key_column": (
        _("撤回文件里只能有主键列"),
        _("请只保留：%(known)s"),
    ),
    "untitled_column": (_("没有列名的列里有内容"), _("请给这一列写上列名，或清空这一列")),
    "broken_quotes": (
        _("双引号没有配对，从这一行起无法分格"),
        _("请核对这一行的双引号；内容里的双引号须写成两个"),
    ),
    "huge_cell": (_("从这一行起有一格或一行过长"), _("请核对这一行的双引号和换行")),
    "bad_version_file": (_("district.json 不是有效的 JSON 对象"), _('请写成 {"version": 1}')),
    "unknown_version": (
        _("district.json 的版本不是 1"),
        _('本系统只读版本 1：请写成 {"version": 1} 或删去该文件'),
    ),
}

WORKBOOKS: dict[str, Texts] = {
    "not_a_workbook": (_("不是 .xlsx 工作簿，而是%(what)s"), _("请用电子表格另存为 .xlsx")),
    "broken_workbook": (_("工作簿已损坏：%(why)s"), _("请用电子表格打开后重新另存为 .xlsx")),
    "encrypted_workbook": (_("工作簿加了密码"), _("请去掉密码后另存")),
    "macro_workbook": (_("工作簿含有宏"), _("请另存为不含宏的 .xlsx")),
    "nested_archive": (_("工作簿里套着别的文件（%(what)s）"), _("请删去嵌入的对象后另存")),
    "unsafe_workbook": (_("工作簿的结构不安全：%(why)s"), _("请用电子表格打开后重新另存为 .xlsx")),
    "workbook_too_large": (
        _("工作簿过大：%(why)s"),
        _("请分成几个工作簿，或改用文件夹里的 CSV 文件（不限大小）"),
    ),
    "hidden_sheet": (_("工作表是隐藏的"), _("请取消隐藏后核对，或删去该表")),
    "hidden_column": (_("这一列是隐藏的或宽度近于零"), _("请取消隐藏后核对，或删去该列")),
    "merged_cells": (_("合并的单元格 %(range)s"), _("请取消合并，每格各写各的")),
    "formula_cell": (_("这一格是公式"), _("请复制后“选择性粘贴”为数值")),
    "error_cell": (_("这一格是错误值（如 #N/A）"), _("请改正或清空这一格")),
    "sheet_too_large": (
        _("工作表过大：%(why)s"),
        _("请删去空白的行列，或改用文件夹里的 CSV 文件（不限大小）"),
    ),
    "disordered_cells": (
        _("工作表里有重复的或不按顺序的单元格地址，从这里起"),
        _("请用电子表格打开，核对内容后重新另存为 .xlsx"),
    ),
    "not_a_worksheet": (_("是图表或宏表，不是普通工作表"), _("请删去该表")),
}

FAULTS: dict[str, Texts] = {**CELLS, **ROWS, **FILES, **WORKBOOKS}


class Fault(Exception):
    """One thing that is wrong, by its code, with the values its texts need.

    The codes and texts of identifiers and phones come from `common`: see `fault_of`.
    """

    def __init__(self, code: str, *, texts: Texts | None = None, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.texts = texts
        self.values = values

    @property
    def reason(self) -> str:
        """What was wrong, in the reader's language."""
        return str((self.texts or FAULTS[self.code])[0]) % self.values

    @property
    def remedy(self) -> str:
        """What would be right."""
        return str((self.texts or FAULTS[self.code])[1]) % self.values


def fault_of(bad: BadIdentifier) -> Fault:
    """What is wrong with an identifier or a phone number, as a fault of a cell."""
    return Fault(bad.code, texts=(bad.reason, bad.remedy))
