"""How the portal runs. Everything that differs between machines comes from the environment.

``docs/operations.md`` lists the variables. Without any, this is production: it starts only
when it has been told its secret key and its host names. ``./run`` sets ``DEBUG=1``.
"""

import contextlib
import os
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal.accounts.settings import *  # noqa: F403 - settings of signing in
from portal.api import REST_FRAMEWORK, SPECTACULAR_SETTINGS  # noqa: F401 - settings of the API
from portal.databases import POOLED, REPLICA_MAX_LAG, databases  # noqa: F401 - read as settings
from portal.files import *  # noqa: F403 - settings of attached files
from portal.files import FILE_STORAGES
from portal.logs import logging_of
from portal.networks import networks
from portal.release import version

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="development-only" * 4 if DEBUG else "")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"] if DEBUG else [])
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Set it to a long random text that stays the same between starts, "
        "or set DEBUG=1 on a development machine."
    )
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is not set. Set it to the host names this site answers to, "
        "separated by commas, or set DEBUG=1 on a development machine."
    )
FACE = env.str("FACE", default="all" if DEBUG else "")
if FACE not in ("public", "staff", "all") or (FACE == "all" and not DEBUG):
    raise ImproperlyConfigured(
        ("FACE is not set. " if not FACE else f"FACE={FACE} is not possible here. ")
        + "Set FACE=public for the processes that readers reach, which have neither desk nor sign-in, and FACE=staff "
        "for those that only staff reach. One process with both, FACE=all, is for a development machine with DEBUG=1."
    )

# The application

INSTALLED_APPS = [
    "missions",
    "portal.apps.StaffDeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "simple_history",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "portal.accounts",
    "portal.backups",
]
MIDDLEWARE = [
    "portal.middleware.RequestId",
    "portal.middleware.FurtherHeaders",
    "portal.operation.probes.Probes",
    "portal.request_log.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "portal.static_files.StaticFiles",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # What follows is not run for a public page from the cache. It also compresses public pages, which hold no secret
    # that their length could give away; the desk's pages do, and go uncompressed.
    "portal.replica.ReadsFromReplica",
    "portal.caching.PublicPages",
    "portal.outage.Outage",
    "portal.middleware.SiteErrorPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.PublicIsReadOnly",
    "portal.questions.FewQuestions",
    "django.middleware.locale.LocaleMiddleware",
    "portal.middleware.RefuseNullBytes",
    "django.middleware.common.CommonMiddleware",
    "portal.middleware.TextsAtTheDoor",
    "portal.accounts.typed.KeepsTyped",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.RefuseLargeBodies",
    "portal.middleware.StaffLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.session_end.SessionEnds",
    "portal.accounts.middleware.Origin",
    "portal.accounts.middleware.StaffOnly",
    "portal.accounts.middleware.SecondFactorFirst",
    "simple_history.middleware.HistoryRequestMiddleware",
]
ON_EVERY_FACE = {
    *("missions", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sitemaps"),
    *("whitenoise.runserver_nostatic", "django.contrib.staticfiles", "django_filters", "simple_history", "csp"),
    *("portal.middleware.RequestId", "portal.operation.probes.Probes", "portal.request_log.RequestLog"),
    *("portal.replica.ReadsFromReplica", "portal.caching.PublicPages", "portal.outage.Outage"),
    "portal.middleware.SiteErrorPages",
    *("portal.middleware.PublicIsReadOnly", "portal.middleware.RefuseNullBytes", "portal.middleware.TextsAtTheDoor"),
    *("portal.middleware.FurtherHeaders", "portal.middleware.RefuseLargeBodies", "portal.questions.FewQuestions"),
    *("django.middleware.security.SecurityMiddleware", "portal.static_files.StaticFiles"),
    *("csp.middleware.CSPMiddleware", "django.middleware.clickjacking.XFrameOptionsMiddleware"),
    *("django.middleware.locale.LocaleMiddleware", "django.middleware.common.CommonMiddleware"),
    "django.template.context_processors.request",
    "portal.context.site",
}
if FACE == "public":  # no desk, so no session, no sign-in, no message; accounts are there as tables that texts point to
    INSTALLED_APPS = [app for app in INSTALLED_APPS if app in ON_EVERY_FACE]
    MIDDLEWARE = [middleware for middleware in MIDDLEWARE if middleware in ON_EVERY_FACE]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
                "portal.accounts.context.desk",
            ],
        },
    },
]
if FACE == "public":
    OPTIONS = TEMPLATES[0]["OPTIONS"]
    OPTIONS["context_processors"] = [name for name in OPTIONS["context_processors"] if name in ON_EVERY_FACE]

# Data

# Indexes that hold further columns help PostgreSQL; SQLite leaves those columns out, which costs it nothing but time.
SILENCED_SYSTEM_CHECKS = ["models.W040", *(["security.W003"] if FACE == "public" else [])]  # W003: no forms there
DATABASES = databases(BASE_DIR, FACE)
DATABASE_ROUTERS = ["portal.replica.Router"] if "replica" in DATABASES else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Backups are encrypted with a key that follows from one of these: a long random text, or the path of a file with it.
BACKUP_KEY = env.str("BACKUP_KEY", default="")
BACKUP_KEY_FILE = env.str("BACKUP_KEY_FILE", default="")
CACHES = {
    "default": env.cache_url("CACHE_URL", default="locmemcache://"),
    # Apart from the rest, so that addresses nobody will ask for again push out nothing but pages.
    "pages": {**env.cache_url("CACHE_URL", default="locmemcache://pages?max_entries=1000"), "KEY_PREFIX": "pages"},
}

# People

AUTH_USER_MODEL = "missions.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in [
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    ]
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "admin:index"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # gone with the session, as is its reader

# Years for which contacts of firms are kept after the last work on their difficulties. 0: it is not decided yet.
RETENTION_YEARS = env.int("RETENTION_YEARS", default=0)

# E-mails: about passwords, and what happened at the desk. A development machine puts them into files.

if DEBUG and "EMAIL_URL" not in env.ENVIRON:
    EMAIL_BACKEND, EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", BASE_DIR / "var" / "mails"
else:
    vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="webmaster@localhost")
# Where links in e-mails lead: the desk as staff reach it, without a slash at the end.
DESK_ADDRESS = env.str("DESK_ADDRESS", default="http://127.0.0.1:8000" if DEBUG else "").rstrip("/")

# Status codes of receipts

STATUS_KEY = env.str("STATUS_KEY", default="")  # SECRET_KEY where it is empty: missions/fields/status_codes.py
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS", default="")

# Languages and time

LANGUAGE_CODE = "ko"
LANGUAGE_COOKIE_NAME, LANGUAGE_COOKIE_PATH = "desk_language", "/admin/"  # before signing in; never on public pages
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
# The second is Django's own messages, said in the words of the desk.
LOCALE_PATHS = [BASE_DIR / "portal" / "locale", BASE_DIR / "portal" / "locale_of_django"]
FORMAT_MODULE_PATH = "portal.formats"
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

# Static files

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "var" / "static"))
STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    **FILE_STORAGES,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "portal.static_files.StaticFilesOfReleases"
    },
}
WHITENOISE_AUTOREFRESH = True  # files of the next release are there before its first process is

# What browsers are told

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True  # scripts read the token in the form that they send
if not DEBUG:  # with these names browsers keep a cookie only from this very host, by HTTPS, for all of it
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_ENGINE = "portal.accounts.session_store"
SESSION_HOURS = env.int("SESSION_HOURS", default=12)  # from signing in, whatever the use
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=60)
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not DEBUG)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=0 if DEBUG else 365 * 24 * 60 * 60)
# Other names below this one, and the list that browsers come with, are for whoever answers for all of the domain.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS += ["security.W005", "security.W021"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
TRUSTED_PROXIES = networks("TRUSTED_PROXIES", env.list("TRUSTED_PROXIES", default=[]))
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Machines that watch this one, and where its workers add up what they tell them.
MONITORS = networks("MONITORS", env.list("MONITORS", default=[]))
METRICS_ROOT = env.str("METRICS_ROOT", default="")
BACKUP_ROOT = env.str("BACKUP_ROOT", default="")
if METRICS_ROOT:
    with contextlib.suppress(OSError):  # a process that may not write there serves and is not counted
        Path(METRICS_ROOT).mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = METRICS_ROOT  # read by the library where it is imported
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

LOGGING = logging_of(DEBUG)

# What the site says of itself

VERSION = version()

# Part of the identity of calendar events and feed entries: readers' programs take them for others once it changes.
SITE_NAMESPACE = env.str("SITE_NAMESPACE", default="sme-missions-portal")
OFFICIAL_SITE = env.bool("OFFICIAL_SITE", default=False)
SITE_DEPARTMENT = {
    "ko": env.str("SITE_DEPARTMENT_KO", default=""),
    "en": env.str("SITE_DEPARTMENT_EN", default=""),
}
SITE_TELEPHONE = env.str("SITE_TELEPHONE", default="")
SECURITY_CONTACT = env.list("SECURITY_CONTACT", default=[])
if any(not contact.startswith(("mailto:", "https://", "tel:")) for contact in SECURITY_CONTACT):
    raise ImproperlyConfigured("SECURITY_CONTACT needs addresses that begin with mailto:, https:// or tel:.")
OPEN_LICENCE = env.str("OPEN_LICENCE", default="")
OPEN_LICENCE_URL = env.str("OPEN_LICENCE_URL", default="")
