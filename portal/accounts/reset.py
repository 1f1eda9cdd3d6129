"""Another password by e-mail, without telling who has an account.

Whether an address belongs to an account or not, the same is looked up, a token made and a letter written; it is sent
beside the answer, so that the time a mail server takes tells nothing either.
"""

import logging
import threading

from allauth.account import forms
from allauth.account.internal import flows
from allauth.account.views import PasswordResetFromKeyView
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import make_password
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from missions.models import SignInMethod, SignInOutcome, User
from portal.accounts import lockout, record, second_factor
from portal.accounts.forms import named

log = logging.getLogger("portal.sign_in")


class ResetForm(forms.ResetPasswordForm):
    """Whose password is to be another: the e-mail address of the account."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named(self, email=_("e-mail address of your account"))

    def clean_email(self):
        """Look for accounts of staff that have the address, however its letters are written."""
        typed = self.cleaned_data["email"]
        found = User.objects.filter(email__iexact=typed, is_active=True, is_staff=True)
        self.users = [user for user in found if user.email.lower() == typed.lower() and user.has_usable_password()]
        return typed

    def save(self, request, **kwargs):
        """Write to the address of each, as the account has it, or to nobody."""
        language = translation.get_language()
        nobody = User(pk=0, username="-", password=make_password(None), language=language, email="nobody@localhost")
        for user in self.users or [nobody]:
            flows.password_reset.request_password_reset(request, user.email, [user], forms.default_token_generator)
        return self.cleaned_data["email"]


class NewPasswordForm(forms.ResetPasswordKeyForm):
    """The new password, twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named(self, password1=_("new password"), password2=_("the new password again"))
        self.fields["password1"].help_text = password_validation.password_validators_help_text_html()


class ChooseNew(PasswordResetFromKeyView):
    """The page to which the letter leads."""

    success_url = reverse_lazy("account_login")

    def form_valid(self, form):
        """Set the password, end the sessions of whoever knew the former one, and unlock the account."""
        response = super().form_valid(form)
        person = self.reset_user
        record.keep(self.request, person.username, SignInMethod.RESET, SignInOutcome.CHANGED)
        second_factor.end_sessions(person)
        lockout.unlock(person.username)
        return response


def letter(adapter, user, address, context):
    """Write the letter in the language of its reader; send it only to somebody."""
    with translation.override(user.language):
        message = adapter.render_mail("account/email/password_reset_key", address, context)
    sender = threading.Thread(target=_send if user.pk else str, args=[message])
    sender.start()


def _send(message):
    try:
        message.send()
    except Exception as error:  # noqa: BLE001 - each way of sending has errors of its own
        log.error("A letter about a password was not sent: %s", type(error).__name__)
