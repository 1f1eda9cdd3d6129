"""One’s own sessions: where one is signed in, and ending it there."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.admin.views.decorators import staff_member_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from missions.fields.validators import is_key
from portal.accounts import second_factor


@staff_member_required(login_url="account_login")
def sessions(request):
    """List one’s sessions, the last used first; end one of them, or all others."""
    if request.method == "POST":
        return _end(request)
    rows = sorted(UserSession.objects.purge_and_list(request.user), key=lambda row: row.last_seen_at, reverse=True)
    return render(request, "usersessions/usersession_list.html", {"sessions": rows})


def _end(request):
    others = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    if request.POST.get("which") == "others":
        second_factor.end_sessions(request.user, but=request.session.session_key)
    elif is_key(which := request.POST.get("which", "")):
        for row in others.filter(pk=which):
            row.end()
    messages.success(request, _("The session has ended there."))
    return redirect("usersessions_list")
