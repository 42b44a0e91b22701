"""One module for each way out: `adapter_of` gives the channel of a name, from its settings.

Each hands a letter to its provider under the letter's key and says Unavailable or Refused.
None reads the database, and none is called inside a transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from compliance.channels.adapters.console import Console
from compliance.channels.adapters.file import File
from compliance.channels.adapters.mail import Mail
from compliance.channels.adapters.sms import AliyunSms
from compliance.channels.adapters.webhook import Webhook
from compliance.channels.adapters.wecom import WeCom
from compliance.channels.letters import Channel
from compliance.channels.wanted import ChannelName, given

ADAPTERS: Mapping[str, Callable[[Mapping[str, str]], Channel]] = {
    ChannelName.CONSOLE: Console,
    ChannelName.FILE: File,
    ChannelName.MAIL: Mail,
    ChannelName.SMS: AliyunSms,
    ChannelName.WECOM: WeCom,
    ChannelName.WEBHOOK: Webhook,
}


def adapter_of(channel: str) -> Channel:
    """The channel of that name as it is set up now."""
    return ADAPTERS[channel](given(channel))
