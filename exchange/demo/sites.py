"""Sites: hosts and posts that exist because a planted fault needs them."""

from dataclasses import dataclass

VENUES = ("网吧", "歌厅", "酒吧", "洗浴中心", "电子游戏厅")
NATURES = ("中介机构", "劳务派遣机构")


@dataclass(frozen=True, slots=True)
class Site:
    """What a site is like; `cases` of a fault share one; numbers are None where they do not matter.

    `troubles` says which of its own properties the host is alerted for: a venue or its nature.
    """

    trades: tuple[str, ...]
    post_name: str
    cases: int = 4
    own_host: bool = False
    host_word: str = ""
    troubles: str = ""
    grade: str = "I"
    hazards: tuple[str, ...] = ()
    filed: tuple[str, ...] = ()
    staff: int | None = None
    headcount: int | None = None

    def venue(self, place: int) -> str:
        """The 场所类型 of the site's host."""
        return VENUES[place % len(VENUES)] if self.troubles == "venue" else ""

    def nature(self, place: int) -> str:
        """The 单位性质 of the site's host."""
        return NATURES[place % len(NATURES)] if self.troubles == "nature" else ""


#: three interns on 28 staff are 10.7 %, on a headcount of 18 not more than a fifth
CROWDED_HOST_INTERNS = 3
#: two interns on a headcount of 9 are 22.2 %
CROWDED_POST_INTERNS = 2

SITES: dict[str, Site] = {
    "venue": Site(
        ("software", "hospitality"),
        "前台服务",
        own_host=True,
        host_word="休闲娱乐城",
        troubles="venue",
    ),
    "intermediary": Site(
        ("electronics", "machining", "logistics"),
        "派驻操作",
        own_host=True,
        host_word="人力资源服务有限公司",
        troubles="nature",
    ),
    "crowded_host": Site(
        ("commerce", "food", "cooking"),
        "综合实习",
        cases=1,
        own_host=True,
        staff=28,
        headcount=18,
    ),
    "crowded_post": Site(("electronics", "automotive", "childcare"), "流水线跟岗", 1, headcount=9),
    "unfiled_risk": Site(
        ("building", "chemistry"), "设备检修", grade="II", hazards=("高空", "其他高风险")
    ),
    "barred_for_minors": Site(
        ("machining", "food"), "打磨与冷加工", grade="II", hazards=("粉尘", "强迫体位")
    ),
    "heavy_labour": Site(("logistics", "building"), "搬运装卸", grade="III"),
    "filed_rest_days": Site(("hospitality", "cooking"), "周末值守", filed=("休息日",)),
}
