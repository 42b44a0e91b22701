"""Closed code lists of law and catalogues: hazards, venues, grades, levels, codes of majors."""

import re
from collections.abc import Mapping
from types import MappingProxyType

#: 危险因素 of a post, in the order of the interchange contract
HAZARDS = (
    "高空",
    "井下",
    "放射性",
    "有毒",
    "易燃易爆",
    "其他高风险",
    "粉尘",
    "高温",
    "低温",
    "冷水",
    "强迫体位",
    "高频流水线",
    "负重",
)

#: 场所类型 barred by 职业学校学生实习管理规定 第十六条第（五）项
VENUES = ("酒吧", "夜总会", "歌厅", "洗浴中心", "电子游戏厅", "网吧", "其他营业性娱乐场所")

#: 体力劳动强度 by GBZ 2.2-2007, lightest first
LABOUR_GRADES = ("I", "II", "III", "IV")

#: 办学层次
LEVELS = ("中职", "高职专科", "高职本科")

#: 专业大类 of 职业教育专业目录（2021年） by ordinal; the three levels share them
MAJOR_GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "01": "农林牧渔大类",
        "02": "资源环境与安全大类",
        "03": "能源动力与材料大类",
        "04": "土木建筑大类",
        "05": "水利大类",
        "06": "装备制造大类",
        "07": "生物与化工大类",
        "08": "轻工纺织大类",
        "09": "食品药品与粮食大类",
        "10": "交通运输大类",
        "11": "电子与信息大类",
        "12": "医药卫生大类",
        "13": "财经商贸大类",
        "14": "旅游大类",
        "15": "文化艺术大类",
        "16": "新闻传播大类",
        "17": "教育与体育大类",
        "18": "公安与司法大类",
        "19": "公共管理与服务大类",
    }
)

_MAJOR_CODE = re.compile(r"([0-9]{2})[0-9]{4}K?")

#: a 专业代码 begins with the ordinal of its 专业大类 and one of these: 高职本科, 高职专科, 中职
_LEVEL_OFFSETS = (20, 40, 60)

_FIRST_DIGITS = frozenset(
    f"{offset + int(ordinal)}" for offset in _LEVEL_OFFSETS for ordinal in MAJOR_GROUPS
)


def is_major_code(text: str) -> bool:
    """Whether the text is a 专业代码: six digits, K where the state controls it, a known group."""
    found = _MAJOR_CODE.fullmatch(text)
    return found is not None and found[1] in _FIRST_DIGITS


def first_digits_of_majors() -> str:
    """What the two first digits of a 专业代码 may be, for people: `21–39, 41–59 or 61–79`."""
    first, last = (int(ordinal) for ordinal in (min(MAJOR_GROUPS), max(MAJOR_GROUPS)))
    *spans, final = (f"{offset + first}–{offset + last}" for offset in _LEVEL_OFFSETS)
    return f"{', '.join(spans)} or {final}"
