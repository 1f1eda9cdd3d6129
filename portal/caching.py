"""Answers for public pages that have not changed: 304, or the kept page, before any view is run.

What a page shows depends on the records, the release, its address and the day in Korea. The page version
(``missions.publication.page_version``) stands for the records. A view whose page depends on the time of day too
declares it: ``follows = ("minute",)``. The ETag is made of these alone, so a streamed file has one too. An error or a
redirect has none, because HTTP has no 304 for it.
No cookie reaches a public page, so that none can be set either.
"""

import gzip
import hashlib
import logging
import re
import time
from functools import cache

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from missions.publication import page_version

PRIVATE = "/admin/"
KEPT_FOR = 60 * 60  # seconds; a kept page is never wrong, so this only removes what nobody asks for
KEPT_FOR_ENDLESS = 60  # seconds, for addresses with a query or a port: anyone can invent these without end
MOST_BYTES = 64 * 1024  # of a compressed page
WORTH_PACKING = 200
LEFT_ALONE = 10  # seconds without asking a cache that failed: each page would wait for it twice
PACKABLE = re.compile(r"text/|application/(json|ld\+json|xml|atom\+xml)|image/svg")
TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
TAG = re.compile(r'W/"([a-z]*)\.[0-9a-f]{32}"')
CLOCKS = {"m": "minute"}
MADE_OF = ("missions", "portal", "templates")
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
    return digest(*shown, *_files(settings.BASE_DIR))


@cache
def _files(base):
    """Digests of the files that this process was started with."""
    files = [path for folder in MADE_OF for path in (base / folder).rglob("*.*")]
    return [
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted([*files, base / "requirements.txt"])
        if path.is_file() and "__pycache__" not in path.parts
    ]


class PublicPages:
    """Answers for public pages. Where the page version cannot be known, as in a transaction, it only passes them on."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.release = release()
        self.cache = caches["pages"]
        self.asked_again_at = 0  # by the monotonic clock

    def __call__(self, request):
        """Answer 304, or with the kept page, or with a fresh one that is kept for the next reader."""
        if settings.FACE != "public" and request.path_info.startswith(PRIVATE):
            return self.get_response(request)
        # Sessions and the protection of forms set a cookie when they cannot read the one they get.
        request.META.pop("HTTP_COOKIE", None)
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        request.follows = ()
        version = page_version.current()
        if version is None:
            return delivered(request, declared(self.get_response(request)))
        page = Page(request, self.release, version)
        if tag := page.held_by(request):
            return page.unchanged(tag)
        return delivered(request, self._kept(page) or self._fresh(request, page))

    def process_view(self, request, view, args, kwargs):
        """Remember what the view declares in ``follows``."""
        request.follows = getattr(getattr(view, "view_class", view), "follows", ())

    def _kept(self, page):
        tag, headers, packed = self._of_cache("get", page.key) or ("", {}, b"")
        return HttpResponse(packed, headers=headers) if page.has(tag) else None

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
            endless = request.META.get("QUERY_STRING") or ":" in request.get_host()
            seconds = KEPT_FOR_ENDLESS if endless else KEPT_FOR
            kept = (response["ETag"], dict(response.headers), response.content)
            self._of_cache("set", page.key, kept, seconds)
        return response


class Page:
    """All that a page depends on at this moment."""

    def __init__(self, request, release, version):
        self.language_of_reader = not translation.get_language_from_path(request.path_info)
        language = translation.get_language_from_request(request, check_path=True)
        address = [request.scheme, request.get_host(), request.path_info, request.META.get("QUERY_STRING", "")]
        self.key = digest(release, *address, language, version, timezone.localdate())
        self.clocks = {"minute": minute()}

    def tag(self, follows):
        """The ETag. It begins with the initials of ``follows``, so that it can be checked without running the view."""
        initials = "".join(sorted(name[0] for name in follows))
        return f'W/"{initials}.{digest(self.key, *(self.clocks[CLOCKS[letter]] for letter in initials))}"'

    def has(self, tag):
        """Whether an ETag belongs to this page in its present state."""
        found = TAG.fullmatch(tag)
        return bool(found) and set(found[1]) <= CLOCKS.keys() and tag == self.tag([CLOCKS[x] for x in found[1]])

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
