"""A good district of every table, and how it is written as a folder or a workbook."""

import copy
import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from common.identifiers import make_credit_code, make_id_number
from exchange.format import TABLES

Cells = dict[str, Any]
District = dict[str, list[Cells]]

SCHOOL = "5001170101"
MILL = make_credit_code("91500117", "MA5U0101")
HOTEL = make_credit_code("91500117", "MA5U0102")
CHEN = make_id_number("500117", date(2009, 4, 6), 101)
LUO = make_id_number("500117", date(2008, 11, 30), 202)
PHONES = ("13800138111", "13900139222", "02342712345")

_TABLES = {
    "schools": """
        学校标识码|学校名称|办学层次|行政区划代码
        5001170101|涪滩职教中心|中职|500117
        5001170102|钓鱼城学院|高职专科|500117
        """,
    "enterprises": f"""
        统一社会信用代码|企业名称|行政区划代码|在岗职工人数|地址|场所类型|单位性质|联系人|联系电话
        {MILL}|涪江纺织|500117|300|北城路 8 号||用工单位|何经理|023-42712345
        {HOTEL}|三江饭店|500117|80|南津街 3 号||用工单位|唐经理|13800138111
        """,
    "students": f"""
        学校标识码|学号|姓名|证件号码|专业代码|专业名称|班级|入学日期|学籍号|手机|监护人姓名|监护人关系|监护人手机|学籍状态
        {SCHOOL}|S1|陈一|{CHEN}|740104|旅游服务|25级1班|2024-09-01|G{CHEN}|13800138111|陈父|父亲|13900139222|在籍
        {SCHOOL}|S2|罗二|{LUO}|710102|电子技术|25级2班|2024-09-01||||||
        """,
    "posts": f"""
        岗位编号|统一社会信用代码|岗位名称|同岗位在岗人数|同岗位工资标准|最低档工资标准|对口专业大类|体力劳动强度|危险因素
        P1|{MILL}|细纱|60|4500|3800|11;14|II|粉尘
        P2|{HOTEL}|前厅|20|4200.5||14||
        """,
    "placements": f"""
        安排编号|学校标识码|学号|岗位编号|实习类型|安排方式|阶段|开始日期|结束日期|实际结束日期|状态|计酬方式|约定报酬|支付日|校内指导教师|企业指导教师|安全培训合格日期|学生同意日期|监护人同意日期
        A1|{SCHOOL}|S1|P2|岗位实习|学校安排||2026-09-01|2027-01-31||实习中|月薪|3600|15|周老师|孙师傅|2026-08-30|2026-08-20|2026-08-21
        A2|{SCHOOL}|S2|P1|岗位实习|自主选择|辅助|2026-03-01|2026-08-31|2026-07-15|已结束|时薪|21.75|28|周老师|吴师傅|2026-02-28|2026-02-20|2026-02-21
        """,
    "agreements": """
        协议编号|安排编号|学校签署日期|企业签署日期|学生签署日期|示范文本版本
        X1|A1|2026-08-25|2026-08-26|2026-08-27|2022
        X2|A2|2026-02-25|2026-02-26|2026-02-27|2022
        """,
    "policies": """
        保单号|险种|保险公司|保费承担方|起保日期|终保日期|状态|退保日期|每人责任限额
        L1|实习责任保险|渝北财险|学校学费|2026-01-01|2026-12-31|有效||500000
        L2|意外伤害保险|渝北财险|企业|2026-01-01|2027-08-31|退保|2027-01-01|
        """,
    "insured": f"""
        保单号|学校标识码|学号|生效日期|终止日期
        L1|{SCHOOL}|S1|2026-09-01|2026-12-31
        L2|{SCHOOL}|S2|2026-03-01|2026-08-31
        """,
    "attendance": """
        安排编号|日期|状态|工时|上班时间|下班时间|企业确认
        A1|2026-09-01|出勤|8|08:30|17:30|是
        A1|2026-09-02|半天||||否
        """,
    "payments": """
        安排编号|所属月份|金额|发放日期|发放方式|付款方|收款人|扣款项目|银行流水号
        A1|2026-09|3500.5|2026-10-15|银行转账|实习单位|学生本人|个税:12.3|B1
        A2|2026-03|800|2026-04-28|现金|实习单位|学生本人||
        """,
    "filings": f"""
        备案编号|岗位编号|事项|备案日期|有效起|有效止|学校标识码|专业代码
        F1|P1|夜班;高风险|2026-02-01|2026-02-02|2026-12-31|{SCHOOL}|740104
        F2|P1|加班|2026-02-01|2026-03-01|2026-03-01||
        """,
    "apprentices": f"""
        学徒编号|学校标识码|学号|统一社会信用代码|培养形式|开始日期|结束日期|培养协议编号|协议签订日期|监护人签署日期|学校导师|企业师傅|劳动合同编号
        Q1|{SCHOOL}|S1|{HOTEL}|现代学徒制|2026-09-01|2027-06-30|T1|2026-08-20|2026-08-20|周老师|孙师傅|
        Q2|{SCHOOL}|S2|{MILL}|企业新型学徒制|2025-09-01|2026-06-30|T2|2025-08-20|2025-08-20|周老师|吴师傅|H2
        """,
}


def _parsed(text: str) -> list[Cells]:
    titles, *rows = ([*line.strip().split("|")] for line in text.strip().splitlines())
    return [dict(zip(titles, row, strict=True)) for row in rows]


_GOOD: District = {stem: _parsed(text) for stem, text in _TABLES.items()}


def good_district() -> District:
    """A fresh copy, two rows a table, to be changed at will."""
    return copy.deepcopy(_GOOD)


def csv_text(rows: list[Cells]) -> str:
    """The rows as CSV with the titles of the first."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows([row.values() for row in rows])
    return text.getvalue()


def write_folder(district: District, folder: Path) -> Path:
    """Write every table as UTF-8 CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    for stem, rows in district.items():
        (folder / f"{stem}.csv").write_text(csv_text(rows), encoding="utf-8")
    return folder


def as_workbook(district: District) -> Workbook:
    """The tables as sheets; texts stay texts, other values keep their type."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for stem, rows in district.items():
        sheet = workbook.create_sheet(TABLES[stem].sheet)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append([None if value == "" else value for value in row.values()])
    return workbook
