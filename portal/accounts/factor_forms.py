"""The forms of the second factor: counted, recorded, and in the words of the desk."""

from allauth.core import context
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from missions.models import SignInMethod
from portal.accounts import lockout, second_factor
from portal.accounts.forms import named

CODE = _("code of the app, or a recovery code")


def _counted(form, method, check):
    """What a check of allauth gives; a wrong code, or one used before, counts as a wrong password does."""
    attempt = lockout.Try(context.request, form.user.username, method)
    try:
        found = check()
        used = getattr(form, "authenticator", None)
        if used and used.type == Authenticator.Type.TOTP and second_factor.is_used(used, found):
            raise second_factor.DeskSecondFactors().validation_error("incorrect_code")
    except ValidationError:
        attempt.wrong()
        raise
    attempt.right()
    return found


class CodeForm(base.AuthenticateForm):
    """A code, at signing in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named(self, code=CODE)
        self.fields["code"].widget.attrs |= {"autofocus": True, "autocapitalize": "none", "spellcheck": "false"}

    def clean_code(self):
        return _counted(self, SignInMethod.TOTP, super().clean_code)


class CodeAgainForm(base.ReauthenticateForm):
    """A code once more, before something is changed that matters."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named(self, code=CODE)

    def clean_code(self):
        return _counted(self, SignInMethod.TOTP, super().clean_code)


class AppForm(totp.ActivateTOTPForm):
    """The first code of an app, which proves that it has the secret."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named(self, code=_("code that the app shows"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}

    def clean_code(self):
        return _counted(self, SignInMethod.TOTP, super().clean_code)


class KeyForm(webauthn.AuthenticateWebAuthnForm):
    """A security key or passkey as the second factor."""

    def clean_credential(self):
        return _counted(self, SignInMethod.PASSKEY, super().clean_credential)


class PasskeyForm(webauthn.LoginWebAuthnForm):
    """A passkey alone. It says itself whose it is, so that no account is locked by what somebody else sends."""

    def clean_credential(self):
        attempt = lockout.Try(context.request, None, SignInMethod.PASSKEY)
        try:
            found = super().clean_credential()
        except (ValidationError, AttributeError, KeyError) as wrong:
            attempt.wrong()
            raise ValidationError(_("This passkey is not known here. Sign in with your password.")) from wrong
        attempt.right()
        return found


class NewKeyForm(webauthn.AddWebAuthnForm):
    """The name of a key, and whether it is to be enough alone."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named(self, name=_("name of the key"), passwordless=_("Sign in with it alone, without a password"))
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _(
            "The device then asks for a fingerprint, a face or a PIN. Without it the key is asked for after the "
            "password."
        )


class NameOfKeyForm(webauthn.EditWebAuthnForm):
    """Another name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named(self, name=_("name of the key"))
