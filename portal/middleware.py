"""Small rules that hold for every request."""

import contextlib
import re
import secrets

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin
from django.views import defaults

from missions.fields.text import tidy
from portal import logs


class RequestId:
    """Gives each request an id; a failure tells it to the reader in a header and to the log.

    Other answers do not: those from the cache are the same for every reader. A proxy may have given an id before.
    """

    sane = re.compile(r"[A-Za-z0-9._-]{8,64}")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Take the proxy's id, or make one."""
        given = request.headers.get("X-Request-ID", "") if settings.BEHIND_PROXY else ""
        request.id = given if self.sane.fullmatch(given) else secrets.token_hex(8)
        token = logs.request_id.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(token)
        if response.status_code >= 500:
            response["X-Request-ID"] = request.id
        return response


class FurtherHeaders(MiddlewareMixin):
    """Tell browsers what no page of the site needs, and that other sites are not to build anything in.

    It stands around everything else, static files too, so that every kind of answer says it. Signing in with a passkey
    is not among what is forbidden.
    """

    forbidden = (
        "accelerometer autoplay browsing-topics camera display-capture encrypted-media gamepad geolocation "
        "gyroscope hid idle-detection local-fonts magnetometer microphone midi payment picture-in-picture "
        "screen-wake-lock serial usb window-management xr-spatial-tracking"
    )
    policy = ", ".join(f"{feature}=()" for feature in forbidden.split())
    # Open data: pages of other sites may read them, without cookies, which there are none.
    for_programs = ("/api/", "/data/")
    from_anywhere = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Headers": "If-None-Match",
        "Access-Control-Expose-Headers": "ETag, Link",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }

    def process_response(self, request, response):
        """Add the headers that Django has no setting for."""
        response.headers.setdefault("Permissions-Policy", self.policy)
        if request.path_info.startswith(self.for_programs):
            for name, value in self.from_anywhere.items():
                response.headers[name] = value
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class RefuseLargeBodies(MiddlewareMixin):
    """Answer 413, unread, to whoever sends much without being signed in; also where nothing says how much it is.

    Whoever is signed in may send files, as many bytes at once as the settings say. On the staff face it stands behind
    what knows who is signed in, and before everything that reads a form.
    """

    most = 1024 * 1024  # bytes

    def process_request(self, request):
        """Look at what is announced only. Django reads no more than that, and nothing that comes in chunks."""
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        in_chunks = "HTTP_TRANSFER_ENCODING" in request.META
        if length <= self.most and not in_chunks:
            return None
        is_staff = getattr(request, "user", None) is not None and request.user.is_authenticated
        if is_staff and length <= settings.UPLOAD_MOST_BYTES:
            return None
        at_desk = settings.FACE != "public" and request.path_info.startswith("/admin/")
        told = {"most": settings.UPLOAD_MOST_BYTES if is_staff else 0, "at_desk": at_desk}
        return render(request, "413.html", told, status=413)


class RefuseNullBytes(MiddlewareMixin):
    """Answer 400 to an address with a NUL byte: no database can look for one."""

    def process_request(self, request):
        """Raise ``SuspiciousOperation``, which Django turns into the 400 page."""
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("NUL byte in the address")


class TextsAtTheDoor(MiddlewareMixin):
    """Brings every text that a browser sends through ``missions.fields.text``, whatever asks for it later.

    It stands before everything that reads a query or a form. Passwords stay as they were typed. What has a NUL byte
    stays too: no keyboard writes one, and forms and choosers refuse it.
    """

    kept = re.compile("passw", re.IGNORECASE)

    def process_request(self, request):
        """Tidy the query of the address: searches, filters, choosers."""
        request.GET = self._tidied(request.GET)

    def process_view(self, request, view, args, kwargs):
        """Tidy what is posted, once it is known not to be too large."""
        if request.method == "POST":
            with contextlib.suppress(UnreadablePostError):
                request.POST = self._tidied(request.POST)

    def _tidied(self, sent):
        """The same values as a dictionary of its own, or ``sent`` itself where nothing is to be done."""
        lists = {name: [self._text(name, text) for text in texts] for name, texts in sent.lists()}
        if all(lists[name] == texts for name, texts in sent.lists()):
            return sent
        tidied = sent.copy()
        for name, texts in lists.items():
            tidied.setlist(name, texts)
        tidied._mutable = False
        return tidied

    def _text(self, name, text):
        return text if self.kept.search(name) or "\0" in text else tidy(text)


def is_asked_by_post(view):
    """Whether a public view declares that its question comes by POST."""
    return getattr(getattr(view, "view_class", view), "asked_by_post", False)


class PublicIsReadOnly(MiddlewareMixin):
    """Answer 405 in the site's look to whatever is sent to a public address.

    It stands before the protection of forms, which would answer that a token is missing, and around what redirects to
    an address with a language or a slash. A view that is asked by POST, and changes nothing, declares it:
    ``asked_by_post = True``.
    """

    allowed = ("GET", "HEAD", "OPTIONS")

    def process_view(self, request, view, args, kwargs):
        """Let reading through; say what is allowed to those who ask or do anything else."""
        if request.resolver_match.namespace not in ("missions", "root") or request.method in ("GET", "HEAD"):
            return None
        if request.method == "POST" and is_asked_by_post(view):
            return None
        if request.method == "OPTIONS":
            return HttpResponse(headers={"Allow": ", ".join(self.allowed), "Content-Length": "0"})
        return self._not_allowed(request)

    def process_response(self, request, response):
        """Refuse too what would be sent on to another address: there it would only be read."""
        desk = settings.FACE != "public" and request.path_info.startswith("/admin")
        if desk or request.method in self.allowed:
            return response
        return self._not_allowed(request) if 300 < response.status_code < 400 else response

    def _not_allowed(self, request):
        answer = render(request, "405.html", status=405)
        answer["Allow"] = ", ".join(self.allowed)
        return answer


class StaffLanguage(MiddlewareMixin):
    """The admin is Korean unless the signed-in member of staff, or whoever is about to sign in, prefers English."""

    def process_request(self, request):
        """Choose the language of an admin page from its reader, not from the browser."""
        if request.path_info.startswith("/admin/"):
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
            before = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
            language = getattr(request.user, "language", before)
            translation.activate(language)
            request.LANGUAGE_CODE = language


class SiteErrorPages(MiddlewareMixin):
    """Show the site's own 400 and 404 pages on a development machine too."""

    def process_response(self, request, response):
        """Replace Django's technical page; a 500 keeps its trace."""
        if not settings.DEBUG or getattr(response, "says_why", False):
            return response
        if response.status_code == 404:
            return defaults.page_not_found(request, None)
        if response.status_code == 400:
            return defaults.bad_request(request, None)
        return response
