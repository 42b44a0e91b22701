"""Hosts and their posts: sound ones by trade, and the sites that the plan of faults asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from common.identifiers import make_credit_code
from exchange.demo.days import DAY
from exchange.demo.dice import Dice
from exchange.demo.names import full_name
from exchange.demo.people import DIVISION
from exchange.demo.sites import Site
from exchange.demo.trades import TRADE_OF, TRADES, PostKind, Trade

PLACES = ("高新园", "东城", "江北", "临港", "空港", "南溪", "西山", "北门", "河湾", "云台")
BRANDS = (
    "启航 恒信 瑞丰 博远 金桥 华盛 新禾 众诚 天工 明德 安泰 宏图 嘉禾 立方 远景 和润 汇川 锦程 "
    "凌云 正大 百川 青松 蓝海 同心 永兴 九州 长风 晨光 泰和 鼎新"
).split()
MENTORS_A_HOST = 6


@dataclass(slots=True)
class Host:
    """An enterprise; `staff` is set where a fault needs it, else drawn large enough at the end."""

    number: int
    name: str
    trade: Trade
    venue: str = ""
    nature: str = ""
    staff: int | None = None
    assigned: int = 0

    @property
    def credit_code(self) -> str:
        """Valid by its check digits, of a county that does not exist."""
        return make_credit_code(f"91{DIVISION}", f"MA{self.number + 600_000:06}")


@dataclass(slots=True)
class Post:
    """A post of a host; `headcount` as `Host.staff`; wages in yuan a month."""

    number: int
    host: Host
    kind: PostKind
    groups: tuple[str, ...]
    standard: int
    lowest: int | None
    pattern: int
    headcount: int | None = None
    assigned: int = 0

    @property
    def code(self) -> str:
        """Its 岗位编号."""
        return f"GW{self.number:06}"

    def take(self) -> None:
        """Count one more intern who is or may be here."""
        self.assigned += 1
        self.host.assigned += 1

    def release(self) -> None:
        """Count one intern less."""
        self.assigned -= 1
        self.host.assigned -= 1

    @property
    def floor(self) -> int:
        """Least lawful pay in whole yuan a month: the lower of two yardsticks, rounded up."""
        share = -(-self.standard * 4 // 5)
        return share if self.lowest is None else min(share, self.lowest)


class Hosts:
    """All hosts and posts of a district of `size` people."""

    def __init__(self, size: int, seed: int, sites: Mapping[str, tuple[Site, int]]) -> None:
        self.seed = seed
        self.all: list[Host] = []
        self.posts: list[Post] = []
        self._by_trade: dict[str, list[Post]] = {trade.key: [] for trade in TRADES}
        self._sites: dict[str, list[Post]] = {key: [] for key in sites}
        own = sum(count for site, count in sites.values() if site.own_host)
        for number in range(host_count(size) - own):
            self._add_sound_host(number, TRADES[number % len(TRADES)])
        self._sound = len(self.all)
        for key, (site, count) in sites.items():
            for place in range(count):
                self._sites[key].append(self._add_site(site, place))

    def sound_post(self, trade: Trade, dice: Dice, *, adult: bool, plain: bool = False) -> Post:
        """A post of the trade that breaks no rule; for minors without hazards or nights.

        A `plain` one has neither hazards nor filings.
        """
        posts = self._by_trade[trade.key]
        while True:
            post = dice.pick(posts)
            refused = plain and (post.kind.filed or post.kind.hazards)
            if not refused and (adult or not post.kind.adults_only):
                return post

    def site(self, key: str, place: int) -> Post:
        """The post of a site that the plan asked for."""
        return self._sites[key][place]

    def mentor(self, post: Post, dice: Dice) -> str:
        """One of the mentors of the post's host."""
        place = post.host.number * MENTORS_A_HOST + dice.below(MENTORS_A_HOST)
        return full_name(Dice(self.seed, "mentor", place), female=place % 3 == 0)

    def _add_sound_host(self, number: int, trade: Trade) -> None:
        host = self._add_host(trade)
        kinds = trade.posts if number % 2 else (*trade.posts, trade.posts[0])
        for place, kind in enumerate(kinds):
            plain = (
                kind if place < len(trade.posts) else PostKind(f"{kind.name}（二线）", kind.wage)
            )
            self._by_trade[trade.key].append(self._add_post(host, plain, (trade.group,)))

    def _add_site(self, site: Site, place: int) -> Post:
        trade = TRADE_OF[site.trades[place % len(site.trades)]]
        if site.own_host:
            host = self._add_host(trade, word=site.host_word)
            host.venue, host.nature, host.staff = site.venue(place), site.nature(place), site.staff
        else:
            mates = [host for host in self.all[: self._sound] if host.trade is trade]
            host = mates[place % len(mates)]
        kind = PostKind(site.post_name, trade.posts[0].wage, site.grade, site.hazards, site.filed)
        post = self._add_post(host, kind, (trade.group,))
        post.headcount = site.headcount
        return post

    def _add_host(self, trade: Trade, word: str = "") -> Host:
        number = len(self.all)
        dice = Dice(self.seed, "host", number)
        brand = BRANDS[number % len(BRANDS)]
        place = PLACES[number // len(BRANDS) % len(PLACES)]
        series = number // (len(BRANDS) * len(PLACES))
        ordinal = f"{series + 1}号" if series else ""
        name = f"示范{place}{brand}{word or dice.pick(trade.hosts)}{ordinal}（演示）"
        host = Host(number, name, trade)
        self.all.append(host)
        return host

    def _add_post(self, host: Host, kind: PostKind, groups: tuple[str, ...]) -> Post:
        number = len(self.posts)
        dice = Dice(self.seed, "post", number)
        standard = kind.wage + 100 * dice.between(-3, 8)
        lowest = standard * dice.between(76, 92) // 5000 * 50 if dice.chance(60) else None
        pattern = kind.pattern if kind.pattern is not None else dice.below(4)
        post = Post(number, host, kind, groups, standard, lowest, pattern)
        self.posts.append(post)
        return post

    def enterprise_rows(self) -> Iterable[tuple[str, ...]]:
        """Rows of the enterprises file; interns stay under a tenth of the staff unless planted."""
        staffed = [0] * len(self.all)
        for post in self.posts:
            staffed[post.host.number] += self._headcount(post)
        for host in self.all:
            dice = Dice(self.seed, "staff", host.number)
            drawn = max(staffed[host.number] + dice.between(20, 400), 11 * host.assigned)
            contact = full_name(dice, female=dice.chance(50))
            yield (
                host.credit_code,
                host.name,
                DIVISION,
                str(host.staff or drawn),
                f"示范区{PLACES[host.number % len(PLACES)]}大道{dice.between(1, 399)}号",
                host.venue,
                host.nature,
                contact,
                f"19902{host.number * 7919 % 1_000_000:06}",
            )

    def _headcount(self, post: Post) -> int:
        dice = Dice(self.seed, "headcount", post.number)
        return post.headcount or max(dice.between(12, 60), 6 * post.assigned)

    def post_rows(self) -> Iterable[tuple[str, ...]]:
        """Rows of the posts file; interns stay under a fifth of the headcount unless planted."""
        for post in self.posts:
            yield (
                post.code,
                post.host.credit_code,
                post.kind.name,
                str(self._headcount(post)),
                f"{post.standard}.00",
                "" if post.lowest is None else f"{post.lowest}.00",
                ";".join(post.groups),
                post.kind.grade,
                ";".join(post.kind.hazards),
            )

    def filing_rows(self, first: date, last: date) -> Iterable[tuple[str, ...]]:
        """One filing for each post that needs one, from before `first` to `last`."""
        for post in self.posts:
            if post.kind.filed:
                yield (
                    f"BA{post.number:06}",
                    post.code,
                    ";".join(post.kind.filed),
                    (first - DAY * 20).isoformat(),
                    (first - DAY * 10).isoformat(),
                    last.isoformat(),
                    "",
                    "",
                )


def host_count(size: int) -> int:
    """One host for each 20 people, at least 24: 60 for 1,200."""
    return max(24, size // 20)
