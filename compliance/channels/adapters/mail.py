"""Mail by an SMTP server, with a Message-ID that stays the same at every try."""

from __future__ import annotations

import smtplib
from collections.abc import Mapping

from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from compliance.channels.letters import Letter, Refused, Unavailable

SECONDS = 10
BACKEND = "django.core.mail.backends.smtp.EmailBackend"
PORTS = {"tls": 465, "starttls": 587, "none": 25}
PERMANENT = 500


class Mail:
    """One SMTP server."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._settings = settings

    def send(self, letter: Letter) -> None:
        """Send one mail; a recipient that the server refuses for good is Refused."""
        security = self._settings.get("security", "tls")
        sender = self._settings["sender"]
        connection = get_connection(
            BACKEND,
            host=self._settings["host"],
            port=int(self._settings.get("port", PORTS[security])),
            username=self._settings.get("user", ""),
            password=self._settings.get("password", ""),
            use_ssl=security == "tls",
            use_tls=security == "starttls",
            timeout=SECONDS,
        )
        mail = EmailMessage(
            subject=_("双元：待处理预警") if letter.kind == "digest" else _("双元：新的预警"),
            body="\n".join((letter.text, "", *letter.lines)).rstrip() + "\n",
            from_email=sender,
            to=[letter.address],
            headers={
                "Message-ID": f"<{letter.key}@{sender.rpartition('@')[2].rstrip('>')}>",
                "Auto-Submitted": "auto-generated",
            },
            connection=connection,
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _answer in error.recipients.values()]
            if all(code >= PERMANENT for code in codes):
                raise Refused(f"mail {codes[0]}") from None
            raise Unavailable(f"mail {codes[0]}") from None
        except smtplib.SMTPResponseException as error:
            raise Unavailable(f"mail {error.smtp_code}") from None
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable(f"mail {type(error).__name__}") from None
