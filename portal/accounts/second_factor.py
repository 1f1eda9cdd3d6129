"""The second factor: who needs one, how its secrets are kept, and how one that was lost is taken away."""

import hashlib
import logging
import secrets
import time

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from missions.roles import sees_private_records
from portal.accounts import sealing

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes only stand in for one of these
PASSED = "second_factor"  # in a session: it was shown, or set up, in this one
USED_FOR = 180  # seconds for which a code is remembered: longer than any is accepted
log = logging.getLogger("portal.sign_in")


def is_required(user):
    """Whether this person may work only with a second factor."""
    return settings.REQUIRE_MFA and sees_private_records(user)


def has_one(user):
    """Whether this person has set one up."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def set_up(request):
    """Go on under another key once a factor was set up; the person's other sessions, which knew none, end."""
    former = request.session.session_key
    request.session[PASSED] = True
    request.session.cycle_key()
    UserSession.objects.filter(session_key=former).update(session_key=request.session.session_key)
    end_sessions(request.user, but=request.session.session_key)


def end_sessions(user, but=None):
    """End every session of a person but one."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=but):
        session.end()


@transaction.atomic
def take_away(user, *, by):
    """Take all second factors of somebody who lost them, and end their sessions; the account's history tells of it.

    Raises ``PermissionDenied`` unless a superuser does it for somebody else.
    """
    if not (by.is_superuser and by.is_active) or by.pk == user.pk:
        raise PermissionDenied
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    user._history_user, user._change_reason = by, gettext("second factor taken away")
    user.save()
    log.warning("The second factor of account %s was taken away by %s", user.username, by.username)


def is_used(authenticator, code):
    """Whether a code of an app was used before; it is from now on, for every process."""
    now = time.time()
    name = hashlib.sha256(f"{authenticator.pk}:{''.join(code.split())}".encode()).hexdigest()[:32]
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        used = {one: at for one, at in row.data.get("used", {}).items() if now - at < USED_FOR}
        if name in used:
            return True
        row.data["used"] = used | {name: now}
        row.save(update_fields=["data"])
        return False


class DeskSecondFactors(DefaultMFAAdapter):
    """Second factors of the desk."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Your role needs a second factor, and this is the last one. Set up another first."
        ),
        "cannot_generate_recovery_codes": _("Recovery codes stand in for a second factor: set up one first."),
        "incorrect_code": _("This code is wrong, was used already, or is too old. Enter the one shown now."),
    }

    def encrypt(self, text):
        """Secrets of apps and of recovery codes, as they lie in the database."""
        return sealing.second_factors().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """The secret. One that the present key cannot open becomes another, to which no code belongs."""
        try:
            return sealing.second_factors().decrypt(encrypted_text.encode()).decode()
        except sealing.InvalidToken:
            log.error("A second factor cannot be read: MFA_KEY, or SECRET_KEY without it, is not what it was")
            return "".join(secrets.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _number in range(32))

    def build_totp_svg(self, url):
        """The picture of a secret, to stand in the page itself."""
        return super().build_totp_svg(url).partition("?>")[2]

    def get_totp_issuer(self):
        return str(_("Staff desk"))

    def get_totp_label(self, user):
        return user.username

    def _get_user_identifier(self, user):
        return user.username

    def can_delete_authenticator(self, authenticator):
        """Not the last factor of somebody who needs one."""
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS).exclude(pk=authenticator.pk)
        return authenticator.type not in FACTORS or others.exists() or not is_required(authenticator.user)

    def generate_authenticator_name(self, user, type):  # noqa: A002 - so called by allauth
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Key %(number)d") % {"number": count + 1}
