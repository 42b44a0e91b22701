"""A small district with every table and every awkward value, as cells by Chinese title."""

from __future__ import annotations

import copy
import csv
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from common.identifiers import make_credit_code, make_id_number
from exchange.format import TABLES

Cells = dict[str, str]
District = dict[str, list[Cells]]

SCHOOL = "5001170001"
OTHER_SCHOOL = "5001170002"
HOTEL = make_credit_code("91500117", "MA5U0001")
FACTORY = make_credit_code("91500117", "MA5U0002")
LI = make_id_number("500117", date(2009, 3, 5), 11)
WANG = make_id_number("500117", date(2008, 12, 30), 22)
ZHAO = make_id_number("500382", date(2008, 2, 29), 33)


def make_id(born_on: str, serial: int) -> str:
    """A valid ID number of somebody born on that day."""
    return make_id_number("500117", date.fromisoformat(born_on), serial)


def sample() -> District:
    """A fresh copy, to be changed at will."""
    return copy.deepcopy(_SAMPLE)


def write_folder(district: District, folder: Path) -> Path:
    """Write the tables as CSV files; a table of no rows is not written."""
    folder.mkdir(parents=True, exist_ok=True)
    for stem, rows in district.items():
        titles = _titles(stem, rows)
        with (folder / f"{stem}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, titles, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def write_workbook(district: District, path: Path) -> Path:
    """Write the tables as sheets of one workbook, every cell a text."""
    workbook = Workbook(write_only=True)
    for stem, rows in district.items():
        sheet = workbook.create_sheet(TABLES[stem].sheet)
        titles = _titles(stem, rows)
        sheet.append(titles)
        for row in rows:
            sheet.append([row.get(title) or None for title in titles])
    workbook.save(path)
    return path


def keys_of(district: District) -> District:
    """The same rows by their key columns alone, as `--retract` takes them."""
    return {
        stem: [
            {column.title: row.get(column.title, "") for column in TABLES[stem].key_columns}
            for row in rows
        ]
        for stem, rows in district.items()
    }


def _titles(stem: str, rows: list[Cells]) -> list[str]:
    known = [column.title for column in TABLES[stem].columns]
    used = {title for row in rows for title in row}
    return [title for title in known if title in used] + sorted(used - set(known))


_SAMPLE: District = {
    "schools": [
        {
            "学校标识码": SCHOOL,
            "学校名称": "合川职教中心",
            "办学层次": "中职",
            "行政区划代码": "500117",
        },
        {
            "学校标识码": OTHER_SCHOOL,
            "学校名称": "嘉陵江“职业”学院,本部",
            "办学层次": "高职专科",
            "行政区划代码": "500117",
        },
    ],
    "enterprises": [
        {
            "统一社会信用代码": HOTEL,
            "企业名称": "三江大酒店",
            "行政区划代码": "500117",
            "在岗职工人数": "120",
            "地址": "南津街\n12号, 一楼",
            "联系人": '陈"经理"',
            "联系电话": "023-42712345",
        },
        {
            "统一社会信用代码": FACTORY,
            "企业名称": "涪江电子",
            "行政区划代码": "500117",
            "在岗职工人数": "900",
            "场所类型": "酒吧",
            "单位性质": "劳务派遣机构",
        },
    ],
    "students": [
        {
            "学校标识码": SCHOOL,
            "学号": "S1",
            "姓名": "李一",
            "证件号码": LI,
            "专业代码": "740104",
            "专业名称": "旅游服务与管理",
            "班级": "25级1班",
            "入学日期": "2024-09-01",
            "学籍号": "G" + LI,
            "手机": "13800138001",
            "监护人姓名": "李父",
            "监护人关系": "父亲",
            "监护人手机": "13900139001",
        },
        {
            "学校标识码": SCHOOL,
            "学号": "S2",
            "姓名": "王二",
            "证件号码": WANG,
            "专业代码": "740104",
            "入学日期": "2024-09-01",
        },
        {
            "学校标识码": SCHOOL,
            "学号": "S3",
            "姓名": "赵三",
            "证件号码": ZHAO,
            "专业代码": "710102",
            "入学日期": "2023-09-01",
            "监护人姓名": "赵母",
            "学籍状态": "退学",
        },
        {
            "学校标识码": OTHER_SCHOOL,
            "学号": "S3",
            "姓名": "赵三",
            "证件号码": ZHAO,
            "专业代码": "510101",
            "入学日期": "2025-09-01",
        },
    ],
    "posts": [
        {
            "岗位编号": "P1",
            "统一社会信用代码": HOTEL,
            "岗位名称": "前厅服务",
            "同岗位在岗人数": "30",
            "同岗位工资标准": "4500",
            "最低档工资标准": "3800.5",
            "对口专业大类": "14；05、14",
        },
        {
            "岗位编号": "P2",
            "统一社会信用代码": FACTORY,
            "岗位名称": "装配",
            "同岗位在岗人数": "200",
            "同岗位工资标准": "5000.01",
            "体力劳动强度": "II",
            "危险因素": "粉尘;高空",
        },
    ],
    "placements": [
        {
            "安排编号": "A1",
            "学校标识码": SCHOOL,
            "学号": "S1",
            "岗位编号": "P1",
            "实习类型": "岗位实习",
            "安排方式": "学校安排",
            "开始日期": "2026-09-01",
            "结束日期": "2027-01-31",
            "状态": "实习中",
            "约定报酬": "3600",
            "校内指导教师": "周老师",
            "企业指导教师": "孙师傅",
            "安全培训合格日期": "2026-08-30",
            "学生同意日期": "2026-08-20",
            "监护人同意日期": "2026-08-21",
        },
        {
            "安排编号": "A2",
            "学校标识码": SCHOOL,
            "学号": "S2",
            "岗位编号": "P2",
            "实习类型": "岗位实习",
            "安排方式": "自主选择",
            "阶段": "辅助",
            "开始日期": "2026-03-01",
            "结束日期": "2026-08-31",
            "实际结束日期": "2026-07-15",
            "状态": "已结束",
            "计酬方式": "时薪",
            "约定报酬": "21.75",
            "支付日": "28",
            "校内指导教师": "周老师",
        },
        {
            "安排编号": "A3",
            "学校标识码": SCHOOL,
            "学号": "S2",
            "岗位编号": "P1",
            "实习类型": "岗位实习",
            "安排方式": "学校安排",
            "开始日期": "2026-07-16",
            "结束日期": "2026-12-31",
            "状态": "已批准",
        },
        {
            "安排编号": "A4",
            "学校标识码": OTHER_SCHOOL,
            "学号": "S3",
            "岗位编号": "P1",
            "实习类型": "认识实习",
            "安排方式": "学校安排",
            "开始日期": "2026-05-01",
            "结束日期": "2026-05-03",
            "状态": "已取消",
        },
    ],
    "agreements": [
        {
            "协议编号": "X1",
            "安排编号": "A1",
            "学校签署日期": "2026-08-25",
            "企业签署日期": "2026-08-26",
            "学生签署日期": "2026-08-27",
            "示范文本版本": "2022",
        },
        {"协议编号": "X2", "安排编号": "A1"},
    ],
    "policies": [
        {
            "保单号": "L1",
            "险种": "实习责任保险",
            "保险公司": "渝北财险",
            "保费承担方": "学校学费",
            "起保日期": "2026-01-01",
            "终保日期": "2026-12-31",
            "每人责任限额": "500000",
        },
        {
            "保单号": "L2",
            "险种": "意外伤害保险",
            "保险公司": "渝北财险",
            "保费承担方": "企业",
            "起保日期": "2026-09-01",
            "终保日期": "2027-08-31",
            "状态": "退保",
            "退保日期": "2028-01-01",
        },
    ],
    "insured": [
        {
            "保单号": "L1",
            "学校标识码": SCHOOL,
            "学号": "S1",
            "生效日期": "2026-09-01",
            "终止日期": "2026-12-31",
        },
        {
            "保单号": "L1",
            "学校标识码": SCHOOL,
            "学号": "S2",
            "生效日期": "2026-01-01",
            "终止日期": "2026-12-31",
        },
        {
            "保单号": "L2",
            "学校标识码": OTHER_SCHOOL,
            "学号": "S3",
            "生效日期": "2026-09-01",
            "终止日期": "2027-08-31",
        },
    ],
    "attendance": [
        {
            "安排编号": "A1",
            "日期": "2026-09-01",
            "状态": "出勤",
            "上班时间": "16:00",
            "下班时间": "24:00",
            "企业确认": "是",
        },
        {"安排编号": "A1", "日期": "2026-09-02", "状态": "半天", "企业确认": "是"},
        {"安排编号": "A1", "日期": "2026-09-03", "状态": "事假", "企业确认": "否"},
        {
            "安排编号": "A1",
            "日期": "2026-10-08",
            "状态": "出勤",
            "工时": "7.25",
            "上班时间": "0:00",
            "下班时间": "7:15",
            "企业确认": "否",
        },
        {"安排编号": "A2", "日期": "2026-03-02", "状态": "出勤", "工时": "0", "企业确认": "是"},
    ],
    "payments": [
        {
            "安排编号": "A1",
            "所属月份": "2026-09",
            "金额": "3500.5",
            "发放日期": "2026-10-15",
            "发放方式": "银行转账",
            "付款方": "实习单位",
            "收款人": "学生本人",
            "扣款项目": "个税:12.3；伙食费:0",
            "银行流水号": "B1",
        },
        {
            "安排编号": "A2",
            "所属月份": "2026-03",
            "金额": "500",
            "发放日期": "2026-04-28",
            "发放方式": "现金",
            "付款方": "学校",
            "收款人": "监护人",
        },
        {
            "安排编号": "A2",
            "所属月份": "2026-03",
            "金额": "500.01",
            "发放日期": "2026-04-28",
            "发放方式": "现金",
            "付款方": "学校",
            "收款人": "监护人",
        },
    ],
    "filings": [
        {
            "备案编号": "F1",
            "岗位编号": "P2",
            "事项": "夜班;高风险",
            "备案日期": "2026-02-01",
            "有效起": "2026-01-01",
            "有效止": "2026-12-31",
            "学校标识码": SCHOOL,
            "专业代码": "740104",
        },
        {
            "备案编号": "F2",
            "岗位编号": "P2",
            "事项": "加班",
            "备案日期": "2026-02-01",
            "有效起": "2026-03-01",
            "有效止": "2026-03-01",
        },
    ],
    "apprentices": [
        {
            "学徒编号": "T1",
            "学校标识码": SCHOOL,
            "学号": "S1",
            "统一社会信用代码": HOTEL,
            "培养形式": "现代学徒制",
            "开始日期": "2026-09-01",
            "结束日期": "2027-06-30",
            "培养协议编号": "PX1",
            "协议签订日期": "2026-08-20",
            "监护人签署日期": "2026-08-21",
            "学校导师": "周老师",
            "企业师傅": "吴师傅",
            "劳动合同编号": "H1",
        },
        {
            "学徒编号": "T2",
            "学校标识码": SCHOOL,
            "学号": "S1",
            "统一社会信用代码": FACTORY,
            "培养形式": "企业新型学徒制",
            "开始日期": "2027-07-01",
            "结束日期": "2027-07-01",
        },
    ],
}
