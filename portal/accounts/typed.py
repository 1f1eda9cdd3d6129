"""What was typed when a session ended: kept for the person who typed it, and given back after they sign in.

Whose a form is, its token against forged posts tells: each signing in gives the browser another secret, and a cookie
that only this site can read remembers whose the last few were. So a form that was opened by one person never comes
back to another who signs in on that browser, and a post from elsewhere, which has no token, is never kept.
"""

import contextlib
import json
import re
import secrets
import time

from django.conf import settings
from django.contrib import messages
from django.http import QueryDict
from django.middleware.csrf import InvalidTokenFormat, _check_token_format, _does_token_match
from django.shortcuts import redirect, resolve_url
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.accounts import sealing
from portal.accounts.middleware import DESK, WITHOUT_FACTOR

COOKIE = "desk_typed"
REMEMBERED = 4  # the last persons, or signings in, of a browser
COOKIE_AGE = 3 * 24 * 60 * 60  # seconds: a page may stand open over a night, and over a weekend
KEPT_FOR = 60 * 60
MOST_BYTES = 1_000_000  # of everything kept for one browser
MOST_FORMS = 3
PARAMETER = "typed"
SESSION = "typed"
NEVER = re.compile(r"passw|token|secret|credential|^_(save|continue|addanother|popup)", re.IGNORECASE)


def remember(request, response, user):
    """Remember on this browser that the present secret of its forms is this person's."""
    secret = request.META.get("CSRF_COOKIE")
    if not secret:
        return
    known = [[user.pk, secret], *(pair for pair in _known(request) if pair[1] != secret)][:REMEMBERED]
    response.set_cookie(
        COOKIE,
        sealing.typed().encrypt(json.dumps(known).encode()).decode(),
        max_age=COOKIE_AGE,
        path=DESK,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_others(request, user):
    """Drop what another person typed on this browser, as one signs in."""
    kept = request.session.get(SESSION, {})
    if kept:
        request.session[SESSION] = {key: form for key, form in kept.items() if form["of"] == user.pk}


class KeepsTyped(MiddlewareMixin):
    """Keeps what is posted to the desk without a session, and gives it to the page of the form afterwards.

    The page finds it as ``request.typed``; one that does not know of it shows ``request.typed_words`` to copy.
    """

    def process_request(self, request):
        """Take the mark of a kept form out of the address."""
        request.typed, request.typed_words, request.typed_key = None, [], ""
        if request.path_info.startswith(DESK) and PARAMETER in request.GET:
            given = request.GET.copy()
            request.typed_key = given.pop(PARAMETER)[-1]
            request.GET = given
            request.META["QUERY_STRING"] = given.urlencode()

    def process_view(self, request, view, args, kwargs):
        """Keep a form whose session is gone, before anything else refuses it; give back one that was kept."""
        match = request.resolver_match
        if not request.path_info.startswith(DESK) or not match.namespace or match.url_name in WITHOUT_FACTOR:
            return None
        if request.method == "POST":
            return self._keep(request)
        if request.typed_key and request.method == "GET" and request.user.is_authenticated:
            self._give_back(request)
        return None

    def _keep(self, request):
        """Lead on to where the form comes back, if it is to be kept."""
        if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate" or not _is_small(request):
            return None
        secret = request.META.get("CSRF_COOKIE", "")
        token = request.POST.get("csrfmiddlewaretoken", "")
        user = request.user
        if user.is_authenticated and (not secret or _matches(token, secret)):
            return None
        owner = next((pk for pk, known in _known(request) if _matches(token, known)), None)
        if owner is None or (user.is_authenticated and owner != user.pk):
            return None
        fields = [(name, values) for name, values in request.POST.lists() if not NEVER.search(name)]
        if not any("".join(values).strip() for name, values in fields if not name.startswith("_")):
            return None
        address = _store(request, owner, fields)
        if user.is_authenticated:
            return redirect(address)
        messages.info(request, _("What you typed is kept for an hour. It comes back once you have signed in."))
        return redirect(f"{resolve_url('account_login')}?{urlencode({'next': address})}")

    def _give_back(self, request):
        kept = dict(request.session.get(SESSION, {}))
        form = kept.pop(request.typed_key, None)
        if form is None:
            return
        request.session[SESSION] = kept
        if form["of"] != request.user.pk or form["path"] != request.path_info:
            return
        with contextlib.suppress(sealing.InvalidToken):
            typed = QueryDict(mutable=True)
            for name, values in json.loads(sealing.typed().decrypt(form["sealed"], ttl=KEPT_FOR)):
                typed.setlist(name, values)
            request.typed = typed
            request.typed_words = [words for _name, values in typed.lists() for words in values if _is_text(words)]


def _is_small(request):
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdigit() and int(length) <= MOST_BYTES


def _is_text(words):
    """Whether somebody typed this: not a key, a choice, or a value that the page had sent."""
    return " " in words.strip() or (len(words) > 12 and not words.isascii())


def _store(request, owner, fields):
    """Put a form into the session; the address at which it comes back."""
    kept = {key: form for key, form in request.session.get(SESSION, {}).items() if time.time() - form["at"] < KEPT_FOR}
    sealed = sealing.typed().encrypt(json.dumps(fields).encode()).decode()
    key = secrets.token_urlsafe(6)
    forms = [*kept.items(), (key, {"of": owner, "path": request.path_info, "at": time.time(), "sealed": sealed})]
    while len(forms) > 1 and (
        len(forms) > MOST_FORMS or sum(len(form["sealed"]) for _k, form in forms) > 2 * MOST_BYTES
    ):
        forms.pop(0)
    request.session[SESSION] = dict(forms)
    query = request.GET.copy()
    query[PARAMETER] = key
    return f"{request.path}?{query.urlencode()}"


def _known(request):
    """Pairs of a person and the secret of their forms on this browser, the last first."""
    with contextlib.suppress(sealing.InvalidToken, ValueError):
        return json.loads(sealing.typed().decrypt(request.COOKIES.get(COOKIE, ""), ttl=COOKIE_AGE))
    return []


def _matches(token, secret):
    try:
        _check_token_format(token)
        _check_token_format(secret)
    except InvalidTokenFormat:
        return False
    return _does_token_match(token, secret)
