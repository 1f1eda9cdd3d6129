"""What was typed into a form when its session ended, on the page of that form."""

from django.contrib import messages
from django.utils.translation import gettext as _


def take(request):
    """What was typed, to fill the form with, or None. Taking it says on the page that it is not saved."""
    typed = getattr(request, "typed", None)
    if typed is not None:
        request.typed = None
        messages.warning(
            request,
            _("Not saved yet: below is what you typed before you were signed out. Look it over, then save it."),
        )
    return typed


def as_if_posted(request, typed):
    """Make the request for a form’s page one that sends the form and is refused: it is shown, and nothing saves it."""
    request.FILES.clear()  # read first: reading it later would read what was posted anew
    request.method, request.POST = "POST", typed
    request.is_given_back = request.is_refused = True
