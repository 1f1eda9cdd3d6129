"""What is answered while the database is gone, or cannot be written to.

Errors that mean one of the two become a page with status 503, in both languages, which gives back what was sent. A
database that cannot be reached is left alone for some seconds by each process: meanwhile ``portal.caching`` answers
with pages that were kept, and nobody waits for a connection that will not be made.
"""

import contextlib
import datetime
import errno
import gzip
import logging
import re
import sys
import time

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import Error, InterfaceError, OperationalError, connections, router
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from missions.api import problems
from portal.context import site

GONE, UNWRITABLE = "gone", "unwritable"
LEFT_ALONE = 3  # seconds
RETRY_AFTER = 30  # seconds
DESK = "/admin/"
MOST_TYPED = 1024 * 1024  # bytes of a form that is given back to whoever has no session
HEAD_OF_PAGE = b'<header class="top">'
NEVER = re.compile(r"passw|token|secret|credential", re.IGNORECASE)
OF_RECORD = re.compile(rf"{DESK}missions/(\w+)/")
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
# https://www.postgresql.org/docs/current/errcodes-appendix.html: no connection, shut down, too many connections, the
# machine under it failed; a read-only transaction, a full disk.
GONE_STATES = ("08", "57P", "53300", "53400", "58")
UNWRITABLE_STATES = ("25006", "53100")
GONE_NAMES = ("SQLITE_CANTOPEN", "SQLITE_IOERR")
UNWRITABLE_NAMES = ("SQLITE_READONLY", "SQLITE_FULL", "SQLITE_BUSY", "SQLITE_LOCKED")

log = logging.getLogger(__name__)
_left_alone_until = 0.0  # by the monotonic clock


def trouble(error):
    """What an error says of the database: ``GONE``, ``UNWRITABLE``, or an empty text for any other error."""
    known = set()
    while error is not None and error not in known:
        known.add(error)
        if isinstance(error, OSError) and error.errno in FULL:
            return UNWRITABLE
        if isinstance(error, Error) and (found := _of_database(error)):
            return found
        error = error.__cause__ or error.__context__
    return ""


def _of_database(error):
    said = error.__cause__
    state, name = getattr(said, "sqlstate", None), getattr(said, "sqlite_errorname", None)
    if name:
        return UNWRITABLE if name.startswith(UNWRITABLE_NAMES) else GONE if name.startswith(GONE_NAMES) else ""
    if state:
        return UNWRITABLE if state in UNWRITABLE_STATES else GONE if state.startswith(GONE_STATES) else ""
    return GONE if isinstance(error, OperationalError | InterfaceError) else ""  # nobody was there to name a state


def is_known():
    """Whether the database could not be reached a moment ago, so that nobody asks it now."""
    return time.monotonic() < _left_alone_until


def began(error):
    """Leave the database alone for a while: no connection to it can be made."""
    global _left_alone_until
    _left_alone_until = time.monotonic() + LEFT_ALONE
    log.warning("The database cannot be reached, and is left alone for %s seconds: %s", LEFT_ALONE, error)


def forget():
    """Ask the database again."""
    global _left_alone_until
    _left_alone_until = 0.0


@contextlib.contextmanager
def if_possible():
    """Write what a page can be without, such as that a session is in use; nothing where nothing can be written."""
    try:
        yield
    except Error as error:
        if trouble(error) != UNWRITABLE:
            raise
        log.warning("Not written: %s", type(error.__cause__ or error).__name__)


class Outage:
    """Answers for requests that the database fails. It stands around everything that asks the database."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer at once while the database is known to be gone."""
        return answer(request, GONE) if is_known() else self.get_response(request)

    def process_exception(self, request, error):
        """Answer for a view."""
        return of_error(request, error)


def server_error(request):
    """The answer to any error that nothing else caught, those of middleware among them."""
    error = sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1]
    return of_error(request, error) or problems.server_error(request)


def of_error(request, error):
    """The answer where an error says that the database is gone or cannot be written to; None for any other."""
    found = trouble(error)
    connection = connections[router.db_for_read(None)]  # the one that this request reads
    if found == GONE and not connection.in_atomic_block:
        connection.close()
        try:
            connection.ensure_connection()
        except Error as refused:
            began(refused)
    elif found:
        log.warning("The database cannot be written to: %s", type(error.__cause__ or error).__name__)
    return answer(request, found) if found else None


def answer(request, kind):
    """Say that it does not go for the moment: a page, or a problem where a program asks."""
    request.answered_from = "outage"
    if request.path_info.startswith(problems.ADDRESS):
        response = problems.problem(request, "unavailable", 503, _("The data cannot be read. Try again in a while."))
    else:
        response = HttpResponse(_page(request, kind), status=503)
    response["Retry-After"], response["Cache-Control"] = str(RETRY_AFTER), "no-store"
    response.is_outage = response._has_been_logged = True  # by one line, not by a traceback each
    return response


def _page(request, kind):
    is_sent = request.method not in ("GET", "HEAD", "OPTIONS")
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    told = {
        "at_desk": _is_at_desk(request),
        "is_unwritable": kind == UNWRITABLE and is_sent,
        "is_sent": is_sent,
        "languages": sorted(dict(settings.LANGUAGES), key=lambda code: code != language),
        **(_typed(request) if is_sent else {}),
    }
    with translation.override(language):
        # Without the processors of contexts, some of which ask who is signed in.
        return render_to_string("503.html", {**site(request), "request": request, **told})


def _is_at_desk(request):
    return settings.FACE != "public" and request.path_info.startswith(DESK)


def _typed(request):
    """What was sent, as the page gives it back: to be read, and to be sent again as it was. No passwords."""
    if not _may_be_read(request):
        return {}
    sent = [(name, text) for name, texts in request.POST.lists() for text in texts]
    kept = [(name, text) for name, text in sent if name == "csrfmiddlewaretoken" or not NEVER.search(name)]
    files = [file.name for name in request.FILES for file in request.FILES.getlist(name)]
    words = [(name, text) for name, text in kept if text.strip() and not NEVER.search(name) and name[0] != "_"]
    shown = [(_label(request, name), text) for name, text in words]
    return {"typed": shown, "again": kept if kept == sent and not files else [], "files": files}


def _label(request, name):
    """What a field is called on its page, where that is the page of a record."""
    model = OF_RECORD.match(request.path_info)
    try:
        return apps.get_model("missions", model[1])._meta.get_field(name).verbose_name
    except (LookupError, TypeError, AttributeError, FieldDoesNotExist):
        return name


def _may_be_read(request):
    """Whether the form is small enough to be read, and comes from a page of this site."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    most = settings.UPLOAD_MOST_BYTES if settings.SESSION_COOKIE_NAME in request.COOKIES else MOST_TYPED
    if not (length.isdecimal() and int(length) <= most):
        return False
    if not _is_at_desk(request):
        return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    check = CsrfViewMiddleware(lambda request: None)
    check.process_request(request)
    return check.process_view(request, server_error, (), {}) is None


def marked(response, since, age):
    """A kept page that says since when it may have changed: in its head and, to people, in its text."""
    del response["ETag"]
    response["Cache-Control"], response["Age"], response["Warning"] = "no-store", str(age), '110 - "Response is Stale"'
    if response["Content-Type"].startswith("text/html"):
        moment = datetime.datetime.fromtimestamp(since, datetime.UTC)
        told = {"since": moment, "languages": list(dict(settings.LANGUAGES))}
        notice = render_to_string("missions/_last_kept.html", told).encode()
        page = gzip.decompress(response.content).replace(HEAD_OF_PAGE, notice + HEAD_OF_PAGE, 1)
        response.content = gzip.compress(page, mtime=0)
        response["Content-Length"] = str(len(response.content))
    return response
