"""Rules for every request to the desk."""

from django.contrib import auth
from django.utils.deprecation import MiddlewareMixin

DESK = "/admin/"


class StaffOnly(MiddlewareMixin):
    """Ends the session of whoever may no longer enter the desk; the sign-in page would send them back to it."""

    def process_request(self, request):
        """Sign out an account that ceased to be one of staff."""
        if request.path_info.startswith(DESK) and request.user.is_authenticated and not request.user.is_staff:
            auth.logout(request)
