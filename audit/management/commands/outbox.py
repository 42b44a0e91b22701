"""Shows what waits in the outbox and what was parked, and gives a parked message another go."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from audit.models import Outbox
from audit.outbox.draining import drain, release
from audit.outbox.standing import standing


class Command(BaseCommand):
    help = "查看待发消息：等待多少、最早何时、哪些已搁置；--retry 重新安排一条，--drain 立即处理"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry", type=int, metavar="ID", help="重新安排这条已搁置的消息")
        parser.add_argument("--drain", action="store_true", help="在本进程内立即处理等待的消息")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry"] is not None and not release(message_id=options["retry"]):
            raise CommandError(f"没有编号为 {options['retry']} 的已搁置消息")
        if options["drain"]:
            drained = drain(clock=timezone.now)
            self.stdout.write(f"已处理 {drained.done} 条，失败 {drained.failed} 次")
        now = standing()
        since = "" if now.oldest_at is None else f"，最早 {timezone.localtime(now.oldest_at):%F %T}"
        self.stdout.write(f"等待 {now.waiting} 条{since}；已搁置 {now.parked} 条")
        for row in Outbox.objects.parked().order_by("id"):
            self.stdout.write(f"  {row.pk}  {row.topic}  试了 {row.attempts} 次  {row.reason}")
