"""The twelve tables of a district, in the order in which they depend on each other."""

from exchange.format.shape import Column, Kind, Reference, Table
from law.codes import HAZARDS, LABOUR_GRADES, LEVELS, VENUES

VERSION = 1

CODE_LENGTH = 50
"""Most characters of a code; the models' columns are as long."""


def _code(
    title: str, field: str, *, required: bool = False, max_length: int = CODE_LENGTH
) -> Column:
    return Column(title, field, Kind.CODE, required=required, max_length=max_length)


def _text(title: str, field: str, *, required: bool = False, max_length: int = 100) -> Column:
    return Column(title, field, Kind.TEXT, required=required, max_length=max_length)


def _date(title: str, field: str, *, required: bool = False) -> Column:
    return Column(title, field, Kind.DATE, required=required)


def _choice(
    title: str, field: str, words: str, *, required: bool = False, default: str | None = None
) -> Column:
    choices = tuple(words.split())
    return Column(title, field, Kind.CHOICE, required=required, choices=choices, default=default)


def _phone(title: str, field: str, kind: Kind) -> Column:
    return Column(title, field, kind, sensitive="phone")


SCHOOL = Column("学校标识码", "school_code", Kind.SCHOOL_CODE, required=True)
STUDENT = _code("学号", "student_number", required=True)
CREDIT = Column("统一社会信用代码", "credit_code", Kind.CREDIT_CODE, required=True)
POST = _code("岗位编号", "post_code", required=True)
PLACEMENT = _code("安排编号", "placement_code", required=True)
DIVISION = Column("行政区划代码", "division_code", Kind.DIVISION_CODE, required=True)

_TO_SCHOOL = Reference(("school_code",), "schools", ("code",))
_TO_ENTERPRISE = Reference(("credit_code",), "enterprises", ("credit_code",))
_LEARNER = ("school_code", "student_number")
_TO_LEARNER = Reference(_LEARNER, "students", _LEARNER)
_TO_POST = Reference(("post_code",), "posts", ("code",))
_TO_PLACEMENT = Reference(("placement_code",), "placements", ("code",))
_TO_POLICY = Reference(("policy_number",), "policies", ("number",))

SCHOOLS = Table(
    "schools",
    "学校",
    (
        Column("学校标识码", "code", Kind.SCHOOL_CODE, required=True),
        _text("学校名称", "name", required=True, max_length=200),
        _choice("办学层次", "level", " ".join(LEVELS), required=True),
        DIVISION,
    ),
    key=("code",),
)

ENTERPRISES = Table(
    "enterprises",
    "企业",
    (
        CREDIT,
        _text("企业名称", "name", required=True, max_length=200),
        DIVISION,
        Column("在岗职工人数", "staff_count", Kind.HEADCOUNT, required=True),
        _text("地址", "address", max_length=300),
        _choice("场所类型", "venue", " ".join(VENUES)),
        _choice("单位性质", "nature", "用工单位 中介机构 劳务派遣机构", default="用工单位"),
        _text("联系人", "contact_name"),
        _phone("联系电话", "contact_phone", Kind.PHONE),
    ),
    key=("credit_code",),
)

STUDENTS = Table(
    "students",
    "学生",
    (
        SCHOOL,
        STUDENT,
        _text("姓名", "name", required=True),
        Column("证件号码", "id_number", Kind.ID_NUMBER, required=True, sensitive="id_number"),
        Column("专业代码", "major_code", Kind.MAJOR_CODE, required=True),
        _text("专业名称", "major_name"),
        _text("班级", "class_name"),
        _date("入学日期", "enrolled_on", required=True),
        Column("学籍号", "national_number", Kind.CODE, sensitive="id_number", max_length=50),
        _phone("手机", "phone", Kind.MOBILE),
        _text("监护人姓名", "guardian_name"),
        _text("监护人关系", "guardian_relation", max_length=50),
        _phone("监护人手机", "guardian_phone", Kind.MOBILE),
        _choice("学籍状态", "status", "在籍 休学 退学 毕业", default="在籍"),
    ),
    key=_LEARNER,
    references=(_TO_SCHOOL,),
)

POSTS = Table(
    "posts",
    "岗位",
    (
        _code("岗位编号", "code", required=True),
        CREDIT,
        _text("岗位名称", "name", required=True),
        Column("同岗位在岗人数", "staff_count", Kind.HEADCOUNT, required=True),
        Column("同岗位工资标准", "wage_standard", Kind.MONEY, required=True),
        Column("最低档工资标准", "lowest_wage", Kind.MONEY),
        Column("对口专业大类", "major_groups", Kind.ORDINALS),
        _choice("体力劳动强度", "labour_grade", " ".join(LABOUR_GRADES)),
        Column(
            "危险因素",
            "hazards",
            Kind.CHOICES,
            choices=HAZARDS,
        ),
    ),
    key=("code",),
    references=(_TO_ENTERPRISE,),
)

PLACEMENTS = Table(
    "placements",
    "实习安排",
    (
        _code("安排编号", "code", required=True),
        SCHOOL,
        STUDENT,
        POST,
        _choice("实习类型", "kind", "认识实习 岗位实习", required=True),
        _choice("安排方式", "arrangement", "学校安排 自主选择", required=True),
        _choice("阶段", "stage", "辅助 相对独立", default="相对独立"),
        _date("开始日期", "starts_on", required=True),
        _date("结束日期", "ends_on", required=True),
        _date("实际结束日期", "ended_on"),
        _choice("状态", "status", "拟安排 已批准 实习中 已结束 已取消", required=True),
        _choice("计酬方式", "pay_basis", "月薪 日薪 时薪", default="月薪"),
        Column("约定报酬", "agreed_pay", Kind.MONEY),
        Column("支付日", "pay_day", Kind.PAY_DAY, default=15),
        _text("校内指导教师", "teacher_name"),
        _text("企业指导教师", "mentor_name"),
        _date("安全培训合格日期", "safety_trained_on"),
        _date("学生同意日期", "student_consented_on"),
        _date("监护人同意日期", "guardian_consented_on"),
    ),
    key=("code",),
    references=(_TO_LEARNER, _TO_POST),
)

AGREEMENTS = Table(
    "agreements",
    "三方协议",
    (
        _code("协议编号", "code", required=True),
        PLACEMENT,
        _date("学校签署日期", "school_signed_on"),
        _date("企业签署日期", "enterprise_signed_on"),
        _date("学生签署日期", "student_signed_on"),
        _text("示范文本版本", "template_version", max_length=50),
    ),
    key=("code",),
    references=(_TO_PLACEMENT,),
)

POLICIES = Table(
    "policies",
    "保单",
    (
        _code("保单号", "number", required=True, max_length=60),
        _choice("险种", "kind", "实习责任保险 意外伤害保险 工伤保险", required=True),
        _text("保险公司", "insurer", required=True, max_length=200),
        _choice("保费承担方", "premium_payer", "学校学费 免学费补助 企业 学生", required=True),
        _date("起保日期", "starts_on", required=True),
        _date("终保日期", "ends_on", required=True),
        _choice("状态", "status", "有效 退保 注销", default="有效"),
        Column("退保日期", "surrendered_on", Kind.DATE, only_with=("status", "退保")),
        Column("每人责任限额", "limit_per_person", Kind.MONEY),
    ),
    key=("number",),
)

INSURED = Table(
    "insured",
    "被保险人",
    (
        _code("保单号", "policy_number", required=True, max_length=60),
        SCHOOL,
        STUDENT,
        _date("生效日期", "starts_on", required=True),
        _date("终止日期", "ends_on", required=True),
    ),
    key=("policy_number", "school_code", "student_number", "starts_on"),
    references=(_TO_POLICY, _TO_LEARNER),
)

ATTENDANCE = Table(
    "attendance",
    "考勤",
    (
        PLACEMENT,
        _date("日期", "day", required=True),
        _choice("状态", "status", "出勤 半天 带薪假 事假 病假 旷工 休息", required=True),
        Column("工时", "hours", Kind.HOURS),
        Column("上班时间", "came_at", Kind.TIME),
        Column("下班时间", "left_at", Kind.CLOSING_TIME),
        Column("企业确认", "confirmed", Kind.BOOLEAN, required=True),
    ),
    key=("placement_code", "day"),
    references=(_TO_PLACEMENT,),
)

PAYMENTS = Table(
    "payments",
    "报酬发放",
    (
        PLACEMENT,
        Column("所属月份", "month", Kind.MONTH, required=True),
        Column("金额", "amount", Kind.MONEY, required=True),
        _date("发放日期", "paid_on", required=True),
        _choice("发放方式", "method", "银行转账 现金 实物 代金券", required=True),
        _choice("付款方", "payer", "实习单位 学校 中介机构 劳务派遣机构 其他", required=True),
        _choice("收款人", "payee", "学生本人 监护人 其他", required=True),
        Column("扣款项目", "deductions", Kind.DEDUCTIONS, max_length=2000),
        _code("银行流水号", "bank_reference", max_length=64),
    ),
    key=("placement_code", "bank_reference"),
    key_needs="bank_reference",
    references=(_TO_PLACEMENT,),
)

FILINGS = Table(
    "filings",
    "特殊备案",
    (
        _code("备案编号", "code", required=True),
        POST,
        Column(
            "事项",
            "matters",
            Kind.CHOICES,
            required=True,
            choices=("高风险", "休息日", "法定节假日", "加班", "夜班"),
        ),
        _date("备案日期", "filed_on", required=True),
        _date("有效起", "valid_from", required=True),
        _date("有效止", "valid_to", required=True),
        Column("学校标识码", "school_code", Kind.SCHOOL_CODE),
        Column("专业代码", "major_code", Kind.MAJOR_CODE),
    ),
    key=("code",),
    references=(_TO_POST, _TO_SCHOOL),
)

APPRENTICES = Table(
    "apprentices",
    "学徒",
    (
        _code("学徒编号", "code", required=True),
        SCHOOL,
        STUDENT,
        CREDIT,
        _choice("培养形式", "form", "现代学徒制 企业新型学徒制", required=True),
        _date("开始日期", "starts_on", required=True),
        _date("结束日期", "ends_on", required=True),
        _code("培养协议编号", "agreement_code"),
        _date("协议签订日期", "agreement_signed_on"),
        _date("监护人签署日期", "guardian_signed_on"),
        _text("学校导师", "teacher_name"),
        _text("企业师傅", "mentor_name"),
        _code("劳动合同编号", "contract_code"),
    ),
    key=("code",),
    references=(_TO_LEARNER, _TO_ENTERPRISE),
)

TABLES: dict[str, Table] = {
    table.stem: table
    for table in (
        SCHOOLS,
        ENTERPRISES,
        STUDENTS,
        POSTS,
        PLACEMENTS,
        AGREEMENTS,
        POLICIES,
        INSURED,
        ATTENDANCE,
        PAYMENTS,
        FILINGS,
        APPRENTICES,
    )
}


def table_of_sheet(sheet: str) -> Table | None:
    """The table whose sheet is so named, if any."""
    return next((table for table in TABLES.values() if table.sheet == sheet), None)
