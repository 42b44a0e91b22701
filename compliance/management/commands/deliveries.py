"""Shows what waits to leave by each channel and what was given up, and sends or tries again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count
from django.utils import timezone

from compliance.channels.rows import Delivery
from compliance.channels.sending import release, send_due
from compliance.channels.wanted import WANTED, ChannelName, is_on, lowest_of
from compliance.findings import Severity


class Command(BaseCommand):
    help = "查看外发消息：各渠道是否启用、多少待发送和已搁置；--send 立即发送，--retry 重新安排"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--send", action="store_true", help="在本进程内发送到期的消息")
        parser.add_argument(
            "--retry", metavar="渠道", choices=[*WANTED, "all"], help="重新安排这一渠道已搁置的消息"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry"]:
            channel = "" if options["retry"] == "all" else options["retry"]
            self.stdout.write(f"已重新安排 {release(channel=channel)} 条")
        if options["send"]:
            done = send_due(clock=timezone.now)
            self.stdout.write(f"已发送 {done.sent} 条，失败 {done.failed} 次")
        counted = Delivery.objects.order_by().values_list("channel", "state").annotate(Count("pk"))
        numbers = {(channel, state): number for channel, state, number in counted}
        for channel in ChannelName:
            lowest = lowest_of(channel)
            on = f"启用，{Severity(lowest).label}及以上" if is_on(channel) else "未启用"
            queued, parked = (numbers.get((channel, state), 0) for state in ("queued", "parked"))
            self.stdout.write(f"{channel.label}：{on}；待发送 {queued}，已搁置 {parked}")
        for row in Delivery.objects.parked().order_by("id")[:20]:
            self.stdout.write(f"  {row.public_id}  {row.channel}  {row.attempts} 次  {row.reason}")
