"""How allauth signs people in at the desk: only staff, only with accounts that others made, and on to desk pages."""

import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import auth, messages
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from missions.admin.site import of_the_desk
from missions.models import SignInMethod, SignInOutcome
from portal.accounts import lockout, origin, record, reset, second_factor, typed
from portal.accounts.session_store import BEGAN, USED

JUST_NOW = 5 * 60  # seconds after signing in for which the password is not asked for again

NO_MATCH = _("This account name and password do not belong together. Both are read with capitals and small letters.")
SAID = {
    "account/messages/logged_out.txt": _("You have signed out."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is taken away."),
    "mfa/messages/webauthn_added.txt": _("The key is added."),
    "mfa/messages/webauthn_removed.txt": _("The key is taken away."),
    "account/messages/password_changed.txt": _("Your password is changed. Other sessions of yours have ended."),
}


class DeskAccounts(DefaultAccountAdapter):
    """Accounts of the desk."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": NO_MATCH,
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is wrong, was used already, or is too old. Enter the one shown now."),
        "too_many_login_attempts": _("There were too many tries. Wait a few minutes."),
        "rate_limited": _("There were too many tries. Wait a few minutes."),
    }

    def is_open_for_signup(self, request):
        """Nobody makes an account of their own."""
        return False

    def is_safe_url(self, url):
        """Only a page of the desk follows signing in and out."""
        return bool(url) and of_the_desk(url) == url

    def get_client_ip(self, request):
        return origin.address(request)

    def authenticate(self, request, **credentials):
        """The member of staff whom a password belongs to, or None. Raises ``ValidationError`` while locked out."""
        attempt = lockout.Try(request, credentials.get("username", ""), SignInMethod.PASSWORD)
        user = auth.authenticate(request, **credentials)
        if user is None or not user.is_staff:
            attempt.wrong()
            return None
        attempt.right()
        return user

    def pre_login(self, request, user, **kwargs):
        """Whoever may not enter the desk is told no more than a wrong password would tell."""
        if user.is_active and user.is_staff:
            return super().pre_login(request, user, **kwargs)
        auth.logout(request)
        self.add_message(request, messages.ERROR, message=str(NO_MATCH))
        return redirect("account_login")

    def login(self, request, user):
        """Begin a session under another key, and remember when, and whether a second factor was shown."""
        super().login(request, user)
        typed.forget_others(request, user)
        request.session[BEGAN] = request.session[USED] = time.time()
        shown = [entry.get("method") for entry in get_authentication_records(request, user)]
        request.session[second_factor.PASSED] = "mfa" in shown

    def is_reauthentication_required(self, *, app, **kwargs):
        """Whether to ask for the password again, or for the second factor: not of whoever has just signed in."""
        signed_in_at = self.request.session.get(BEGAN, 0)
        return time.time() - signed_in_at > JUST_NOW and super().is_reauthentication_required(app=app, **kwargs)

    def post_login(self, request, user, **kwargs):
        """Record it with the last of the methods that were asked for."""
        records = get_authentication_records(request, user) or [{}]
        method = records[-1].get("type") or records[-1].get("method") or SignInMethod.PASSWORD
        if method == "socialaccount":
            method = SignInMethod.SINGLE_SIGN_ON
        record.keep(request, user.username, method, SignInOutcome.SIGNED_IN)
        response = super().post_login(request, user, **kwargs)
        typed.remember(request, response, user)
        return response

    def send_password_reset_mail(self, user, email, context):
        """The letter, or what takes as long where there is nobody to write to."""
        reset.letter(self, user, email, context)

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Say what is worth saying, in the words of the desk."""
        said = message or SAID.get(message_template)
        if said:
            super().add_message(request, level, message=str(said), extra_tags=extra_tags)
