"""Pages of signing in and out that allauth has in another way, or not at all."""

from django.conf import settings
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from missions.admin.site import of_the_desk
from missions.models import Language


@require_POST
def choose_language(request):
    """Remember the language of the pages before signing in; afterwards the account says it."""
    response = redirect(of_the_desk(request.POST.get("next", "")))
    if request.POST.get("language") in Language.values:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            request.POST["language"],
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
