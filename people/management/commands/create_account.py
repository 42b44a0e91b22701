"""Opens an account and gives it a role: the first way into an installation that has nobody yet."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from audit import chain
from common.command_days import a_day
from common.identifiers import BadIdentifier
from people.accounts.names import written
from people.accounts.services import begin_membership, keep_addresses, open_account
from people.models import Enterprise, Mentor, School, Teacher, User
from people.roles import Role

ROLES = (
    Role.COMMISSION,
    Role.SCHOOL_COORDINATOR,
    Role.SCHOOL_TEACHER,
    Role.ENTERPRISE_HR,
    Role.ENTERPRISE_MENTOR,
)


class Command(BaseCommand):
    help = "新建账号并授予角色；账号已存在时只增加角色。学生和监护人的账号由学校邀请开通"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="用户名，不分大小写")
        parser.add_argument("--name", required=True, help="姓名")
        parser.add_argument("--role", required=True, choices=[role.value for role in ROLES])
        parser.add_argument(
            "--for",
            dest="tie",
            default="",
            help="学校标识码、统一社会信用代码，或 代码/姓名（校内导师、企业师傅）；区教委不填",
        )
        parser.add_argument("--phone", help="手机号码，短信和企业微信通知用")
        parser.add_argument("--email", help="邮箱，邮件通知用")
        parser.add_argument("--from", dest="first", type=a_day, help="起，默认今天")
        parser.add_argument("--until", dest="last", type=a_day, help="止（含当日）")
        parser.add_argument(
            "--password-stdin", action="store_true", help="从标准输入读密码，不询问"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        role = Role(options["role"])
        tie = tie_of(role, options["tie"])
        first = options["first"] or timezone.localdate()
        if options["last"] and options["last"] < first:
            raise CommandError("--until 不能早于 --from")
        user = User.objects.filter(username=written(options["username"])).first()
        password = None if user else ask_password(from_stdin=options["password_stdin"])
        try:
            with transaction.atomic():
                user = user or open_account(
                    username=options["username"], display_name=options["name"], password=password
                )
                held = begin_membership(
                    user=user, role=role, tie=tie, first=first, last=options["last"]
                )
                keep_addresses(user=user, phone=options["phone"], email=options["email"])
                chain.record(
                    "account.create",
                    subject=f"user:{user.pk}",
                    by=None,
                    at=timezone.now(),
                    facts={"actor": "command", "role": held.role, "membership": held.pk},
                )
        except ValidationError as weak:
            raise CommandError("；".join(weak.messages)) from None
        except BadIdentifier as bad:
            raise CommandError(f"{bad.reason}：{bad.remedy}") from None
        except IntegrityError:
            raise CommandError("这段时间内已有同样的任职，或此人已有别的账号") from None
        self.stdout.write(f"{user.username}：{role.label}，自 {first} 起")


def tie_of(role: Role, text: str) -> Model | None:
    """The record that `text` names for `role`; raises CommandError when there is none."""
    code, _, name = text.partition("/")
    found: Model | None
    match role:
        case Role.COMMISSION:
            if text:
                raise CommandError("区教委的账号面向全区，不填 --for")
            return None
        case Role.SCHOOL_COORDINATOR:
            found = School.objects.filter(code=text).first()
        case Role.ENTERPRISE_HR:
            found = Enterprise.objects.filter(credit_code=text).first()
        case Role.SCHOOL_TEACHER:
            found = Teacher.objects.filter(school__code=code, name=name, namesake=0).first()
        case _:
            found = Mentor.objects.filter(
                enterprise__credit_code=code, name=name, namesake=0
            ).first()
    if found is None:
        raise CommandError(f"没有找到 --for {text!r} 对应的{role.label}所属记录")
    return found


def ask_password(*, from_stdin: bool) -> str:
    """A password from the terminal, typed twice, or one line of standard input."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    first, second = getpass.getpass("密码："), getpass.getpass("再输一次：")
    if first != second:
        raise CommandError("两次输入的密码不一样")
    return first
