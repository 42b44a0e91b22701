"""How people are told outside the site: the settings of each channel, from the environment."""

from backend.environment import env

OF_EVERY_CHANNEL = ("lowest", "digest")
SETTINGS: dict[str, tuple[str, ...]] = {
    "console": (),
    "file": ("directory",),
    "mail": ("host", "port", "security", "user", "password", "sender"),
    "sms": (
        "key_id",
        "key_secret",
        "sign_name",
        "template",
        "digest_template",
        "code_template",
        "endpoint",
    ),
    "wecom": ("corp_id", "secret", "agent_id", "endpoint"),
    "webhook": ("url", "secret"),
}


def channels() -> dict[str, dict[str, str]]:
    """What is set for each channel: SHUANGYUAN_MAIL_HOST is `host` of `mail`."""
    return {
        channel: {
            key: env.str(f"SHUANGYUAN_{channel}_{key}".upper(), default="").strip()
            for key in (*keys, *OF_EVERY_CHANNEL)
        }
        for channel, keys in SETTINGS.items()
    }
