"""The trades of the district: majors that teach them, hosts and posts that practise them."""

from dataclasses import dataclass

from law.codes import LEVELS

SECONDARY, COLLEGE, _ = LEVELS

#: attendance patterns: which hours a post keeps (`attendance.py` says on which days)
NIGHT_WEEKS = 4
TUESDAY_TO_SATURDAY = 5
ORIENTATION = 6


@dataclass(frozen=True, slots=True)
class PostKind:
    """A kind of post: monthly wage standard in yuan, hazards, and what has been filed for it."""

    name: str
    wage: int
    grade: str = "I"
    hazards: tuple[str, ...] = ()
    filed: tuple[str, ...] = ()
    pattern: int | None = None

    @property
    def adults_only(self) -> bool:
        """Minors may not work here: a hazard, or nights that no filing allows them."""
        return bool(self.hazards) or "夜班" in self.filed


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade: ordinal of its major group, majors by level, names of its hosts, its posts."""

    key: str
    group: str
    secondary: tuple[tuple[str, str], ...]
    college: tuple[tuple[str, str], ...]
    hosts: tuple[str, ...]
    posts: tuple[PostKind, ...]

    def majors(self, level: str) -> tuple[tuple[str, str], ...]:
        """(code, name) of the majors taught at the level."""
        return self.secondary if level == SECONDARY else self.college


TRADES: tuple[Trade, ...] = (
    Trade(
        "machining",
        "06",
        (("660102", "机械加工技术"), ("660103", "数控技术应用")),
        (("460104", "机械制造及自动化"), ("460103", "数控技术")),
        ("精密机械制造有限公司", "数控装备有限公司", "模具工业有限公司"),
        (
            PostKind("数控车床操作", 4600, "II"),
            PostKind("质量检验", 4300),
            PostKind("焊接辅助", 4800, "II", ("高温",)),
        ),
    ),
    Trade(
        "automotive",
        "10",
        (("700206", "汽车运用与维修"),),
        (("500211", "汽车检测与维修技术"),),
        ("汽车服务有限公司", "汽车销售服务有限公司", "新能源汽车维修有限公司"),
        (
            PostKind("机电维修", 4400, "II"),
            PostKind("汽车美容", 4000, "II"),
            PostKind("配件管理", 4100),
        ),
    ),
    Trade(
        "electronics",
        "11",
        (("710103", "电子技术应用"),),
        (("510103", "应用电子技术"),),
        ("电子科技有限公司", "光电显示有限公司", "智能终端制造有限公司"),
        (
            PostKind("电子装配", 4200, "II"),
            PostKind("产品测试", 4400),
            PostKind("物料管理", 4000),
        ),
    ),
    Trade(
        "software",
        "11",
        (("710201", "计算机应用"), ("710203", "软件与信息服务")),
        (("510203", "软件技术"),),
        ("信息技术有限公司", "软件开发有限公司", "数据服务有限公司"),
        (
            PostKind("软件测试", 5200),
            PostKind("数据标注", 4200),
            PostKind("网络运维", 4600),
        ),
    ),
    Trade(
        "nursing",
        "12",
        (("720201", "护理"),),
        (("520201", "护理"),),
        ("综合医院", "康复医院", "颐养中心"),
        (
            PostKind("导诊服务", 3800),
            PostKind("康养护理", 4000, "II"),
            PostKind("病区护理", 4500, "II", (), ("夜班",), NIGHT_WEEKS),
        ),
    ),
    Trade(
        "commerce",
        "13",
        (("730701", "电子商务"), ("730301", "会计事务")),
        (("530701", "电子商务"),),
        ("电子商务有限公司", "商贸有限公司", "供应链管理有限公司"),
        (
            PostKind("网店运营", 4200),
            PostKind("客户服务", 3900),
            PostKind("会计助理", 4000),
        ),
    ),
    Trade(
        "logistics",
        "13",
        (("730801", "物流服务与管理"),),
        (("530802", "现代物流管理"),),
        ("物流有限公司", "仓储配送有限公司", "冷链物流有限公司"),
        (
            PostKind("仓储管理", 4200, "II"),
            PostKind("配送调度", 4300),
            PostKind("单证处理", 4000),
        ),
    ),
    Trade(
        "hospitality",
        "14",
        (("740104", "高星级饭店运营与管理"),),
        (("540106", "酒店管理与数字化运营"),),
        ("大酒店", "度假酒店有限公司", "文旅发展有限公司"),
        (
            PostKind("前厅接待", 4000),
            PostKind("客房服务", 3900, "II"),
            PostKind("景区讲解", 4200, "I", (), ("休息日",), TUESDAY_TO_SATURDAY),
        ),
    ),
    Trade(
        "cooking",
        "14",
        (("740201", "中餐烹饪"),),
        (("540202", "烹饪工艺与营养"),),
        ("餐饮管理有限公司", "美食文化有限公司", "团餐服务有限公司"),
        (
            PostKind("热菜制作", 4300, "II"),
            PostKind("面点制作", 4200, "II"),
            PostKind("切配备料", 3900, "II"),
        ),
    ),
    Trade(
        "building",
        "04",
        (("640301", "建筑工程施工"),),
        (("440301", "建筑工程技术"),),
        ("建筑工程有限公司", "装配式建筑有限公司", "市政工程有限公司"),
        (
            PostKind("资料管理", 4200),
            PostKind("工程测量", 4600, "II"),
            PostKind("脚手架安全巡检", 5000, "II", ("高空",), ("高风险",)),
        ),
    ),
    Trade(
        "chemistry",
        "07",
        (("670201", "化学工艺"),),
        (("470201", "应用化工技术"),),
        ("化工材料有限公司", "医药化工有限公司", "新材料科技有限公司"),
        (
            PostKind("理化分析", 4500),
            PostKind("工艺巡检", 4800, "II"),
            PostKind("原料库管", 4900, "II", ("易燃易爆", "有毒"), ("高风险",)),
        ),
    ),
    Trade(
        "food",
        "09",
        (("690101", "食品加工工艺"),),
        (("490101", "食品智能加工技术"),),
        ("食品有限公司", "乳业有限公司", "农产品加工有限公司"),
        (
            PostKind("食品检验", 4200),
            PostKind("烘焙加工", 4000, "II"),
            PostKind("冷库理货", 4300, "II", ("低温",)),
        ),
    ),
    Trade(
        "childcare",
        "17",
        (("770101", "幼儿保育"),),
        (("570102K", "学前教育"),),
        ("幼儿园", "托育服务有限公司", "早教中心"),
        (
            PostKind("保育助理", 3800),
            PostKind("配班教师", 4000),
            PostKind("活动策划", 3900),
        ),
    ),
)
TRADE_OF = {trade.key: trade for trade in TRADES}
TRADE_OF_MAJOR = {code: trade for trade in TRADES for code, _ in (*trade.secondary, *trade.college)}
