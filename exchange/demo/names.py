"""Names of people who do not exist, put together from lists of our own."""

from exchange.demo.dice import Dice

SURNAMES = (
    "李 王 张 刘 陈 杨 黄 赵 周 吴 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 "
    "彭 曾 肖 田 董 袁 潘 蒋 蔡 余 杜 叶 程 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 谭 陆 汪 范 石 廖 "
    "贾 夏 韦 付 方 白 邹 孟 熊 秦 邱 江 尹 薛 闫 段 雷 侯 龙 史 陶 黎 贺 顾 毛 郝 龚 邵 万 钱 欧阳"
).split()
GIVEN_FEMALE = (
    "雨欣 梓涵 欣怡 诗涵 思雨 佳怡 雅婷 静怡 梦瑶 晓燕 紫萱 可馨 嘉颖 若曦 语嫣 婉婷 心怡 "
    "雪 婷 丽 娜 敏 倩 颖 琳 玉兰 春梅 小芳 彩云 巧玲 月 莹 蕾 冰洁 思琪 佳慧 美玲 艺涵 海燕"
).split()
GIVEN_MALE = (
    "浩然 子轩 宇航 俊杰 博文 志强 明轩 天佑 嘉豪 文博 泽宇 鹏飞 建国 晨阳 一鸣 家辉 伟 磊 "
    "涛 勇 杰 鑫 斌 超 波 鹏 小军 立新 海洋 思源 铭 凯 睿 家俊 子豪 永康 正阳 国栋 云飞 志远"
).split()
RELATIONS = ("父亲", "母亲", "父亲", "母亲", "祖父", "祖母")


def full_name(dice: Dice, *, female: bool) -> str:
    """A surname of the list and a given name."""
    return dice.pick(SURNAMES) + dice.pick(GIVEN_FEMALE if female else GIVEN_MALE)


def surname_of(name: str) -> str:
    """The surname a name of these lists begins with."""
    return name[:2] if name.startswith("欧阳") else name[:1]


def guardian_of(name: str, dice: Dice) -> tuple[str, str]:
    """A guardian's name and relation; the father's side carries the child's surname."""
    relation = dice.pick(RELATIONS)
    female = relation in ("母亲", "祖母")
    surname = dice.pick(SURNAMES) if female else surname_of(name)
    return surname + dice.pick(GIVEN_FEMALE if female else GIVEN_MALE), relation
