"""The settings of production, with an empty view to compare with and a count of queries for who asks for it."""

from portal.settings import *  # noqa: F403
from portal.settings import MIDDLEWARE

ROOT_URLCONF = "tests.bench.urls"
MIDDLEWARE = ["tests.bench.urls.CountQueries", *MIDDLEWARE]
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_NAME = "sessionid"
