"""Reading the environment: which database, which broker, which keys, development or production."""

import base64
import hashlib
import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
DEVELOPMENT_SECRET = "development-only-secret-never-use-in-production"  # noqa: S105
APP_ROLE = "shuangyuan_app"
OWNER_ROLE = "shuangyuan_owner"
DATABASE_NAME = "shuangyuan"
FIELD_KEY_BYTES = 32
LAST_KEY_ID = 255  # one byte of a sealed value

env = environ.Env()
if (BASE_DIR / ".env").is_file():
    env.read_env(BASE_DIR / ".env")  # what the environment already says wins


def var_directory() -> Path:
    """Where this checkout keeps everything it makes: `var/`, or SHUANGYUAN_VAR."""
    return Path(os.environ.get("SHUANGYUAN_VAR") or BASE_DIR / "var").absolute()


def is_production() -> bool:
    """Whether SHUANGYUAN_ENV says production; any third word is refused."""
    name = os.environ.get("SHUANGYUAN_ENV", "development")
    if name not in {"development", "production"}:
        raise ImproperlyConfigured(
            f"SHUANGYUAN_ENV 只能是 development 或 production，不能是 {name!r}。"
        )
    return name == "production"


def engines_state() -> dict[str, Any]:
    """What the running embedded engines wrote about themselves; empty when none has."""
    path = var_directory() / "run" / "engines.json"
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}


def embedded_database_url(role: str, socket_directory: str | Path) -> str:
    """The URL of the embedded database in `socket_directory`, for `role`."""
    return f"postgresql://{role}@/{DATABASE_NAME}?host={quote(str(socket_directory), safe='')}"


def _socket_directory() -> str:
    fallback = var_directory() / "run" / "not-running"
    return str(engines_state().get("socket_directory", fallback))


def database_url(role: str) -> str:
    """The database URL of the application (`app`) or of the schema's owner (`owner`)."""
    application = os.environ.get("DATABASE_URL")
    if role == "owner":
        if owner := os.environ.get("DATABASE_OWNER_URL") or application:
            return owner
        return embedded_database_url(OWNER_ROLE, _socket_directory())
    return application or embedded_database_url(APP_ROLE, _socket_directory())


def database_settings(role: str) -> dict[str, Any]:
    """Django's settings of the one database, reached as `role` (app or owner)."""
    if role not in {"app", "owner"}:
        raise ImproperlyConfigured(
            f"SHUANGYUAN_DATABASE_ROLE 只能是 app 或 owner，不能是 {role!r}。"
        )
    settings: dict[str, Any] = dict(env.db_url_config(database_url(role)))
    if settings["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            "DATABASE_URL 须以 postgresql:// 开头：只支持 PostgreSQL 18 及以上。"
        )
    options = dict(settings.pop("OPTIONS", {}))
    if host := options.pop("host", None):
        settings["HOST"] = host
    if pool_size := env.int("SHUANGYUAN_DATABASE_POOL", default=0):
        options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 10}
    if env.bool("SHUANGYUAN_DATABASE_BEHIND_PGBOUNCER", default=False):
        options.pop("pool", None)
        settings["DISABLE_SERVER_SIDE_CURSORS"] = True
    settings.update(OPTIONS=options, CONN_MAX_AGE=0, CONN_HEALTH_CHECKS=True)
    return settings


def application_role() -> str:
    """The role that `migrate` grants rows to; empty where the owner itself is the application."""
    application = str(env.db_url_config(database_url("app")).get("USER", ""))
    owner = str(env.db_url_config(database_url("owner")).get("USER", ""))
    return "" if application == owner else application


def redis_url() -> str:
    """The broker's URL, a unix socket when it is the embedded one."""
    if given := os.environ.get("REDIS_URL"):
        return given
    return f"unix://{_socket_directory()}/valkey.sock"


def celery_broker_url(url: str) -> str:
    """The same broker in the spelling Celery wants: it says redis+socket for a unix socket."""
    return url.replace("unix://", "redis+socket://", 1)


def development_key(purpose: str) -> bytes:
    """A key that everybody can compute: only for development, refused in production."""
    return hashlib.sha256(f"{DEVELOPMENT_SECRET}:{purpose}".encode()).digest()


def _key(text: str, name: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        key = b""
    if len(key) != FIELD_KEY_BYTES:
        raise ImproperlyConfigured(f"{name} 的每个密钥应为 base64 编码的 {FIELD_KEY_BYTES} 字节。")
    return key


def field_keys() -> dict[int, bytes]:
    """Field-encryption keys by id, from SHUANGYUAN_FIELD_KEYS="1:base64,2:base64"."""
    given = os.environ.get("SHUANGYUAN_FIELD_KEYS")
    if not given:
        return {1: development_key("field")}
    keys: dict[int, bytes] = {}
    for part in given.split(","):
        number, _, text = part.strip().partition(":")
        is_number = number.isascii() and number.isdigit() and len(number) <= 3
        if not is_number or not 1 <= int(number) <= LAST_KEY_ID or int(number) in keys:
            raise ImproperlyConfigured(
                'SHUANGYUAN_FIELD_KEYS 应写成 "1:base64,2:base64"，'
                f"编号为 1 至 {LAST_KEY_ID} 的互不相同的整数。"
            )
        keys[int(number)] = _key(text, "SHUANGYUAN_FIELD_KEYS")
    return keys


def field_key_id(keys: dict[int, bytes]) -> int:
    """The id of the key that new values are written under: the highest unless one is named."""
    given = os.environ.get("SHUANGYUAN_FIELD_KEY_ID")
    if not given:
        return max(keys)
    if given not in {str(number) for number in keys}:
        raise ImproperlyConfigured("SHUANGYUAN_FIELD_KEY_ID 不是 SHUANGYUAN_FIELD_KEYS 里的编号。")
    return int(given)


def blind_index_key() -> bytes:
    """The key of the blind indexes, which is never one of the field keys."""
    given = os.environ.get("SHUANGYUAN_BLIND_INDEX_KEY")
    return _key(given, "SHUANGYUAN_BLIND_INDEX_KEY") if given else development_key("blind-index")


def refuse_development_secrets(
    *, secret_key: str, keys: dict[int, bytes], index_key: bytes, debug: bool, hosts: list[str]
) -> None:
    """Refuse a production start that any reader of the source could break into."""
    faults = []
    if DEVELOPMENT_SECRET in secret_key or len(secret_key) < 50 or len(set(secret_key)) < 5:
        faults.append("SHUANGYUAN_SECRET_KEY 须为自己的随机密钥（至少 50 个字符）")
    if development_key("field") in keys.values():
        faults.append("SHUANGYUAN_FIELD_KEYS 须为自己的密钥")
    if index_key == development_key("blind-index"):
        faults.append("SHUANGYUAN_BLIND_INDEX_KEY 须为自己的密钥")
    if index_key in keys.values():
        faults.append("SHUANGYUAN_BLIND_INDEX_KEY 不得与字段密钥相同")
    if debug:
        faults.append("SHUANGYUAN_DEBUG 须关闭")
    if not hosts or "*" in hosts:
        faults.append("SHUANGYUAN_ALLOWED_HOSTS 须列出域名，不得为 *")
    for name in ("DATABASE_URL", "REDIS_URL"):
        if not os.environ.get(name):
            faults.append(f"{name} 须指向正式的服务器")
    if faults:
        raise ImproperlyConfigured("生产环境拒绝启动：" + "；".join(faults) + "。")
