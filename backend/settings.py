"""Django settings: every value that an installation may change comes from `environment.py`."""

from typing import Any

from backend import environment, telling
from backend.environment import BASE_DIR, DEVELOPMENT_SECRET, env

VERSION = "0.1.0"
PRODUCTION = environment.is_production()
DEBUG = env.bool("SHUANGYUAN_DEBUG", default=False)
SECRET_KEY = env.str("SHUANGYUAN_SECRET_KEY", default=f"{DEVELOPMENT_SECRET}-{DEVELOPMENT_SECRET}")
ALLOWED_HOSTS: list[str] = env.list(
    "SHUANGYUAN_ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("SHUANGYUAN_CSRF_TRUSTED_ORIGINS", default=[])

# Personal data: AES-256-GCM keys by id, the id that new values use, and the blind indexes' own key
FIELD_KEYS = environment.field_keys()
FIELD_KEY_ID = environment.field_key_id(FIELD_KEYS)
BLIND_INDEX_KEY = environment.blind_index_key()

if PRODUCTION:
    environment.refuse_development_secrets(
        secret_key=SECRET_KEY,
        keys=FIELD_KEYS,
        index_key=BLIND_INDEX_KEY,
        debug=DEBUG,
        hosts=ALLOWED_HOSTS,
    )

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "common",
    "audit",
    "people",
    "internships",
    "apprenticeship",
    "insurance",
    "compensation",
    "compliance",
    "exchange",
    "api",
    "console",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "console.headers.OwnContentOnly",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "audit.chain.entries.NameTheEntry",
    "audit.outbox.middleware.RingAfterWrites",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "console.languages.ChineseFirst",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "console.accounts.middleware.WhoActs",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "backend.urls"
WSGI_APPLICATION = "backend.wsgi.application"
ASGI_APPLICATION = "backend.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

# The owner migrates; the application may not alter audit and ledgers. `manage.py` picks the role.
DATABASE_ROLE = env.str("SHUANGYUAN_DATABASE_ROLE", default="app")
DATABASES = {"default": environment.database_settings(DATABASE_ROLE)}
DATABASE_APP_ROLE = environment.application_role()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environment.redis_url()
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "shuangyuan",
    },
    # Counts of requests, which are not worth waiting for
    "requests": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "shuangyuan",
        "OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2},
    },
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["people.accounts.backends.PasswordBackend"]
# Every address asks for a sign-in unless its view says `login_not_required`
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 60 * 60
# Proxies whose X-Forwarded-For is believed when tries of a password are counted
TRUSTED_PROXIES: list[str] = env.list("SHUANGYUAN_TRUSTED_PROXIES", default=[])
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
# Chosen at the foot of a page, and kept for a year in that browser
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = environment.var_directory() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION

# The API: JSON alone, for who is signed in and holds a role, refused by problem documents
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.PhoneToken",
        "api.authentication.ConsoleSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["api.permissions.HasRole"],
    "DEFAULT_THROTTLE_CLASSES": ["api.throttles.PerActor"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["api.reading.JsonAlone"],
    "DEFAULT_PAGINATION_CLASS": "api.pages.Pages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "api.schema.Described",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "api.handling.answer_refusal",
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
API_REQUESTS_A_MINUTE = {"read": 600, "write": 120}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "双元 Shuangyuan",
    "DESCRIPTION": "实习安排、报酬与保险：谁在哪里实习，是否有保障、有报酬，哪里有问题。",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_PERMISSIONS": ["api.permissions.SignedIn"],
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "DocumentKind": "internships.models.DocumentKind",
        "AlertStepKind": "compliance.cases.words.StepKind",
        "ApprovalKind": "internships.models.moves.ApprovalKind",
        "LinkedParty": "api.signing.PARTIES",
        "Party": "internships.models.moves.Party",
        "PlacementKind": "internships.models.PlacementKind",
        "PlacementMoveKey": "api.placements.moves.KEYS",
        "AlertMoveKey": "api.alerts.moves.KEYS",
        "AlertState": "compliance.cases.words.AlertState",
        "ComplaintKind": "internships.models.ComplaintKind",
        "ComplaintState": "internships.models.ComplaintState",
        "PlacementState": "internships.models.PlacementState",
        "PlacementStatus": "internships.models.PlacementStatus",
    },
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_SECURE = True

# Tasks carry ids, are safe to repeat, and are acknowledged when done: a killed child's task returns
CELERY_BROKER_URL = environment.celery_broker_url(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a broker that comes back finds its worker waiting
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 4 * 60 * 60}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 3 * 60 * 60
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_ENABLE_UTC = True
# Beat only says "look now"; rows of the database decide what there is to do, and that it is done
# once. What nobody rang for is found by the poller: three seconds, so that five can be promised
SECONDS_BETWEEN_POLLS = 3
SECONDS_BETWEEN_LOOKS = 120
SECONDS_BETWEEN_SENDINGS = 5
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "drain-outbox": {
        "task": "audit.drain_outbox",
        "schedule": SECONDS_BETWEEN_POLLS,
        "options": {"expires": SECONDS_BETWEEN_POLLS},
    },
    "look-at-periods": {
        "task": "audit.look_at_periods",
        "schedule": SECONDS_BETWEEN_LOOKS,
        "options": {"expires": SECONDS_BETWEEN_LOOKS},
    },
    "send-deliveries": {
        "task": "compliance.send_deliveries",
        "schedule": SECONDS_BETWEEN_SENDINGS,
        "options": {"expires": SECONDS_BETWEEN_SENDINGS},
    },
}

# A file that is sent stays in memory, and a bigger one is dropped as it comes: nothing on the disk
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024 + 64 * 1024

# What people are told outside the site, and where the links in it begin
SITE_URL = env.str("SHUANGYUAN_SITE_URL", default="").rstrip("/")
CHANNELS = telling.channels()
CHANNELS_DIRECTORY = environment.var_directory() / "told"
AUDIT_HEADS_DIRECTORY = environment.var_directory() / "audit-heads"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("SHUANGYUAN_LOG_LEVEL", default="WARNING")},
}
