"""Rules for every request to the desk."""

from django.contrib import auth
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, resolve_url
from django.utils.deprecation import MiddlewareMixin

from portal.accounts import origin, second_factor

DESK = "/admin/"
WANTED = "wanted"  # in a session: the page that was asked for before a second factor was set up
WITHOUT_FACTOR = ("language", "logout", "jsi18n")


class Origin(MiddlewareMixin):
    """Tells the desk where a request comes from, for the records that it keeps: ``request.origin``."""

    def process_request(self, request):
        """Behind a proxy, the address that the proxy saw."""
        request.origin = origin.address(request)


class StaffOnly(MiddlewareMixin):
    """Ends the session of whoever may no longer enter the desk; the sign-in page would send them back to it."""

    def process_request(self, request):
        """Sign out an account that ceased to be one of staff."""
        if request.path_info.startswith(DESK) and request.user.is_authenticated and not request.user.is_staff:
            auth.logout(request)


class SecondFactorFirst(MiddlewareMixin):
    """Leads whoever needs a second factor, and has none, to the page that sets it up, and to no other."""

    def process_view(self, request, view, args, kwargs):
        """Open the desk to sessions in which a second factor was shown or set up, and to those who need none."""
        if not request.path_info.startswith(DESK) or request.session.get(second_factor.PASSED):
            return None
        match = request.resolver_match
        if not match.namespace or match.url_name in WITHOUT_FACTOR or not request.user.is_authenticated:
            return None
        if not second_factor.is_required(request.user):
            return None
        if second_factor.has_one(request.user):  # it was set up elsewhere since this session began
            auth.logout(request)
            return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        if request.method == "GET":
            request.session[WANTED] = request.get_full_path()
        return redirect("mfa_index")
