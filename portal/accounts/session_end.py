"""When a session ends: after a while without use, and after a working day whatever its use."""

import time

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import auth, messages
from django.http import JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from portal.accounts.middleware import DESK
from portal.accounts.session_store import BEGAN, USED
from portal.outage import if_possible

ROUGHLY = 60  # seconds within which a further request is no news: a session is not written at each


class SessionEnds(MiddlewareMixin):
    """Ends sessions that are over, and notes that others are in use.

    ``request.session_left`` is how many seconds one still has; ``request.session_until`` what its pages count from.
    That is the same for every page but near the end, so that no two pages differ by it.
    """

    def process_request(self, request):
        """Sign out whose time is over, and tell them at the sign-in page."""
        if not request.path_info.startswith(DESK) or not request.user.is_authenticated:
            return
        now, session = time.time(), request.session
        began = session.setdefault(BEGAN, now)  # made by an earlier release
        used = session.get(USED, began)
        ends_at = began + settings.SESSION_HOURS * 3600
        if now >= min(ends_at, used + settings.SESSION_IDLE_MINUTES * 60):
            self._end(request, is_idle=now < ends_at)
            return
        looks = request.path_info == reverse("account_stay") and request.method == "GET"  # whether it is over yet
        idle = min(ROUGHLY, settings.SESSION_IDLE_MINUTES * 6)  # a tenth of the time at most
        if not looks and now - used >= idle:
            used = session[USED] = now
            with if_possible():
                UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=timezone.now())
        request.session_left = int(min(ends_at, used + settings.SESSION_IDLE_MINUTES * 60) - now)
        request.session_until = int(min(ends_at - now, settings.SESSION_IDLE_MINUTES * 60))

    def _end(self, request, is_idle):
        auth.logout(request)
        told = (
            _("You were signed out: the desk was not used for %(minutes)d minutes.")
            if is_idle
            else _("You were signed out: a session ends after %(hours)d hours.")
        )
        messages.info(
            request, told % {"minutes": settings.SESSION_IDLE_MINUTES, "hours": settings.SESSION_HOURS}, "session-end"
        )


def stay(request):
    """How many seconds the session still has; asked by POST it is in use, and has all its idle time again."""
    if not request.user.is_authenticated:
        return JsonResponse({"left": 0}, status=403)
    return JsonResponse({"left": request.session_left}, headers={"Cache-Control": "no-store"})
