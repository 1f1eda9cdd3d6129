"""Single sign-on by OpenID Connect, by settings alone: it lets in accounts that there are, and makes none."""

import logging

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect import views
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from requests import RequestException

from missions.models import User

log = logging.getLogger("portal.sign_in")


class DeskSingleSignOn(DefaultSocialAccountAdapter):
    """A person of the provider is an account of the desk by the provider's key, the first time by a verified e-mail."""

    def is_open_for_signup(self, request, sociallogin):
        """Nobody makes an account of their own."""
        return False

    def pre_social_login(self, request, sociallogin):
        """Find the account the first time, and remember the provider's key for it. Refuses where there is none."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(redirect("account_login"))
        if sociallogin.is_existing:
            return
        verified = [found.email for found in sociallogin.email_addresses if found.verified and found.email]
        people = User.objects.filter(email__iexact=verified[0], is_active=True, is_staff=True) if verified else []
        if len(people) != 1:
            messages.error(
                request,
                _(
                    "Single sign-on knows you, but no account of the desk has your e-mail address. Ask the secretariat "
                    "of your body."
                ),
            )
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, people[0])

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        """Back to the sign-in page, with a sentence; the reason is for the log."""
        log.warning("Single sign-on failed: %s %s", error, type(exception).__name__ if exception else "")
        raise ImmediateHttpResponse(_failed(request))


def begin(request, provider_id):
    """Go to the provider. Back to the sign-in page where it does not answer."""
    try:
        return views.login(request, provider_id)
    except (RequestException, KeyError) as error:
        log.warning("Single sign-on cannot begin: %s", type(error).__name__)
        return _failed(request)


def return_from(request, provider_id):
    """Come back from the provider."""
    try:
        return views.callback(request, provider_id)
    except (RequestException, KeyError) as error:
        log.warning("Single sign-on failed: %s", type(error).__name__)
        return _failed(request)


def _failed(request):
    messages.error(request, _("Single sign-on did not work. Try again, or sign in with your password."))
    return redirect("account_login")
