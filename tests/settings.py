"""The settings of the suite: those of production, without what a test need not wait for."""

import os
from pathlib import Path

os.environ.update(
    DEBUG="0",
    SECRET_KEY="a secret of the suite, of no use to anyone",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    SECURE_SSL_REDIRECT="0",
    REQUIRE_MFA="0",  # most tests sign in to do something else; tests/portal/test_second_factor.py turns it on
)
os.environ.setdefault("FACE", "staff")  # with the public pages; ``tests.face`` asks each face

from portal.settings import *  # noqa: F403
from portal.settings import DATABASES, STATIC_ROOT, STORAGES
from tests.machine import quick_folder

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # In a file, not in memory, so that two connections meet as they do in production.
    DATABASES["default"]["TEST"] = {"NAME": f"{quick_folder()}/portal-test-{os.getpid()}.sqlite3"}
DATABASES["default"]["CONN_MAX_AGE"] = 0
LOCAL = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": LOCAL},
    "pages": {"BACKEND": LOCAL, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 50}},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "sessionid", "csrftoken"  # browsers take no other without HTTPS
IN_MEMORY = {name: {"BACKEND": "django.core.files.storage.InMemoryStorage"} for name in ("files", "public_files")}
STORAGES = {
    **STORAGES,
    **IN_MEMORY,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True  # each client would list all files otherwise
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
