"""Answers for public pages that have not changed: 304, or the kept page, before any view is run.

What a page shows depends on the records, the release, its address and the day in Korea. The page version
(``missions.publication.page_version``) stands for the records. A view whose page depends on the time of day too
declares it: ``follows = ("minute",)``. The ETag is made of these alone, so a streamed file has one too. An error or a
redirect has none, because HTTP has no 304 for it.

Each address has one place in the cache, whose page says by its ETag whether it is current. So the last page is there
when the records have changed, or when nobody can say whether they have: while the database is gone it is served, an
hour old at most, and says so. While one worker makes a page the others wait for it a moment.
No cookie reaches a public page, so that none can be set either.
"""

import gzip
import hashlib
import logging
import re
import time
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.db import Error
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from missions.publication import page_version
from portal import outage
from portal.release import sources

PRIVATE = "/admin/"
KEPT_FOR = 2 * 60 * 60  # seconds since it was asked for; a kept page tells whether it is current
LAST_FOR = 60 * 60  # seconds for which the last page is served when the database is gone
KEPT_FOR_ENDLESS = 60  # seconds, for addresses with a query or a port: anyone can invent these without end
MOST_BYTES = 64 * 1024  # of a compressed page
WORTH_PACKING = 200
MAKING = 10  # seconds after which whoever makes a page is taken for dead
WAIT = 1  # seconds for which others wait for it
LOOK = 0.03  # seconds between two looks whether it is there
LEFT_ALONE = 10  # seconds without asking a cache that failed: each page would wait for it twice
PACKABLE = re.compile(r"text/|application/(json|ld\+json|xml|atom\+xml)|image/svg")
TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
TAG = re.compile(r'W/"([a-z]*)\.[0-9a-f]{32}"')
CLOCKS = {"m": "minute"}
SHOWN = (
    *("DEBUG", "FACE", "OFFICIAL_", "OPEN_LICENCE", "SECRET_KEY", "SECURITY_CONTACT", "SITE_", "STATIC_URL"),
    *("ACKNOWLEDGE_", "ANSWER_", "MOVE_", "TAKE_UP_"),  # the times that firms are told
)

log = logging.getLogger(__name__)


def digest(*parts):
    """A short name for all the parts that a page depends on."""
    return hashlib.blake2b("\0".join(map(str, parts)).encode(errors="replace"), digest_size=16).hexdigest()


def minute():
    """The minute of the clock, counted from 1970."""
    return int(time.time()) // 60


def release():
    """A name for the code, the texts and the settings that pages are made with."""
    shown = [f"{name} {getattr(settings, name)!r}" for name in dir(settings) if name.startswith(SHOWN)]
    return digest(*shown, sources(settings.BASE_DIR))


class PublicPages:
    """Answers for public pages. Where the page version cannot be known, as in a transaction, it only passes them on."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.release = release()
        self.cache = caches["pages"]
        self.asked_again_at = 0  # by the monotonic clock
        self.version, self.known_at = None, 0  # the last page version, and when the database said so

    def __call__(self, request):
        """Answer 304, or with the kept page, or with a fresh one that is kept for the next reader."""
        if settings.FACE != "public" and request.path_info.startswith(PRIVATE):
            return self.get_response(request)
        # Sessions and the protection of forms set a cookie when they cannot read the one they get.
        request.META.pop("HTTP_COOKIE", None)
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        request.follows = ()
        try:
            version = None if outage.is_known() else page_version.current()
        except Error as error:
            if not outage.trouble(error):
                return delivered(request, declared(self.get_response(request)))
            outage.began(error)
        if outage.is_known():
            return delivered(request, self._last(request) or outage.answer(request, outage.GONE))
        if version is None:
            return delivered(request, declared(self.get_response(request)))
        self.version, self.known_at = version, time.time()
        page = Page(request, self.release, version)
        if tag := page.held_by(request):
            request.answered_from = "unchanged"
            return page.unchanged(tag)
        response = self._kept(request, page) or self._made_once(request, page)
        if getattr(response, "is_outage", False):
            response = self._last(request) or response
        return delivered(request, response)

    def process_view(self, request, view, args, kwargs):
        """Remember what the view declares in ``follows``."""
        request.follows = getattr(getattr(view, "view_class", view), "follows", ())

    def _kept(self, request, page):
        """The kept page where it is current. One that is asked for stays for an hour at least."""
        kept = self._of_cache("get", page.key)
        if not kept or not page.has(kept.tag):
            return None
        if not page.is_endless and kept.until - time.time() < KEPT_FOR / 2:
            self._keep(page, kept)
        return self._answer(request, kept, "kept")

    def _keep(self, page, kept):
        seconds = KEPT_FOR_ENDLESS if page.is_endless else KEPT_FOR
        self._of_cache("set", page.key, kept._replace(until=time.time() + seconds), seconds)

    def _answer(self, request, kept, source):
        request.answered_from = source
        return HttpResponse(kept.packed, headers=kept.headers)

    def _last(self, request):
        """The last page of this address, with a line that says since when it may have changed; None where it is old.

        A page that was current when the database answered last is as old as that answer.
        """
        page = Page(request, self.release, self.version)
        kept = self._of_cache("get", page.key)
        if not kept:
            return None
        since = max(kept.made_at, self.known_at if page.has(kept.tag) else 0)
        age = int(time.time() - since)
        return outage.marked(self._answer(request, kept, "last"), since, age) if age <= LAST_FOR else None

    def _made_once(self, request, page):
        """A fresh page. While another worker makes it, wait for that a moment rather than make it once more."""
        lock = f"{page.key}.making"
        is_ours = self._of_cache("add", lock, 1, MAKING)
        if is_ours is False and (kept := self._of_another(page, lock)):
            return self._answer(request, kept, "kept")
        try:
            return self._fresh(request, page)
        finally:
            if is_ours:
                self._of_cache("delete", lock)

    def _of_another(self, page, lock):
        """The page that another worker makes; None where it makes none. A page of the minute before will do."""
        patience = time.monotonic() + WAIT
        while time.monotonic() < patience:
            found = self._of_cache("get_many", [page.key, lock]) or {}
            if (kept := found.get(page.key)) and (page.has(kept.tag) or page.had(kept.tag)):
                return kept
            if lock not in found:
                return None
            time.sleep(LOOK)
        return None

    def _of_cache(self, verb, *arguments):
        """What the cache answers; None where it fails. Without it pages are made afresh."""
        if time.monotonic() < self.asked_again_at:
            return None
        try:
            return getattr(self.cache, verb)(*arguments)
        except Exception as error:  # noqa: BLE001 - each cache has errors of its own
            log.warning("The cache of pages does not %s, and is left alone for %s seconds: %s", verb, LEFT_ALONE, error)
            self.asked_again_at = time.monotonic() + LEFT_ALONE
            return None

    def _fresh(self, request, page):
        response = declared(self.get_response(request))
        if not is_open(response):
            return response
        response["ETag"] = page.tag(request.follows)
        if response.streaming:
            return response
        if not (PACKABLE.match(response["Content-Type"]) and len(response.content) > WORTH_PACKING):
            return response
        response.content = gzip.compress(response.content, mtime=0)
        response["Content-Encoding"], response["Content-Length"] = "gzip", str(len(response.content))
        patch_vary_headers(response, ["Accept-Encoding"])
        if len(response.content) <= MOST_BYTES:
            now = time.time()
            self._keep(page, Kept(response["ETag"], now, now, dict(response.headers), response.content))
        return response


class Kept(NamedTuple):
    """A page as it lies in the cache. Moments are seconds from 1970."""

    tag: str
    made_at: float
    until: float
    headers: dict
    packed: bytes


class Page:
    """All that a page depends on at this moment."""

    def __init__(self, request, release, version):
        self.language_of_reader = not translation.get_language_from_path(request.path_info)
        language = translation.get_language_from_request(request, check_path=True)
        query = request.META.get("QUERY_STRING", "")
        self.is_endless = bool(query) or ":" in request.get_host()
        self.key = digest(release, request.scheme, request.get_host(), request.path_info, query, language)
        self.state = digest(self.key, version, timezone.localdate())
        self.clocks = {"minute": minute()}

    def tag(self, follows, ago=0):
        """The ETag. It begins with the initials of ``follows``, so that it can be checked without running the view.

        ``ago``: as it was so many ticks of the clocks before.
        """
        initials = "".join(sorted(name[0] for name in follows))
        return f'W/"{initials}.{digest(self.state, *(self.clocks[CLOCKS[letter]] - ago for letter in initials))}"'

    def has(self, tag, ago=0):
        """Whether an ETag belongs to this page in its present state."""
        found = TAG.fullmatch(tag)
        return bool(found) and set(found[1]) <= CLOCKS.keys() and tag == self.tag([CLOCKS[x] for x in found[1]], ago)

    def had(self, tag):
        """Whether it belonged to it a tick of its clocks before."""
        return self.has(tag, ago=1)

    def held_by(self, request):
        """The ETag under which the reader already has this page; an empty text where it must be sent."""
        return next((tag for tag in parse_etags(request.headers.get("If-None-Match", "")) if self.has(tag)), "")

    def unchanged(self, tag):
        """The answer to a reader who already has this page."""
        response = declared(HttpResponseNotModified(headers={"ETag": tag}))
        patch_vary_headers(response, ["Accept-Encoding", *(["Accept-Language"] if self.language_of_reader else [])])
        return response


def is_open(response):
    """Whether this response may be given to every reader."""
    return (
        response.status_code == 200
        and not response.cookies
        and response["Cache-Control"].startswith("public")
        and not response.has_header("ETag")
        and not response.has_header("Content-Encoding")
    )


def declared(response):
    """Say who may keep the response: every cache, if it asks each time whether it is current, or the reader only."""
    reads_cookies = "cookie" in response.get("Vary", "").lower()
    if response.status_code < 500:
        response.headers.setdefault(
            "Cache-Control", "private, no-cache" if reads_cookies or response.cookies else "public, no-cache"
        )
    return response


def delivered(request, response):
    """The response in a form that the reader can read."""
    if response.get("Content-Encoding") == "gzip" and not TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")):
        response.content = gzip.decompress(response.content)
        del response["Content-Encoding"]
        response["Content-Length"] = str(len(response.content))
    if request.method == "HEAD":
        if response.streaming:
            response.streaming_content = ()
        else:
            response.content = b""
    return response
