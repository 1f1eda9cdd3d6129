"""The forms of signing in, in the words of the desk."""

from allauth.account import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _


def named(form, **labels):
    """Give fields of allauth the labels of the desk, without words inside them and below."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].help_text = ""
        form.fields[name].widget.attrs.pop("placeholder", None)


class SignInForm(forms.LoginForm):
    """Name and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named(self, login=_("account name"), password=_("password"))
        self.fields["login"].widget.attrs |= {"autofocus": True, "autocapitalize": "none", "spellcheck": "false"}


class ChangeForm(forms.ChangePasswordForm):
    """The present password, and another twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named(
            self,
            oldpassword=_("present password"),
            password1=_("new password"),
            password2=_("the new password again"),
        )
        self.fields["password1"].help_text = password_validation.password_validators_help_text_html()


class PasswordAgainForm(forms.ReauthenticateForm):
    """The password once more, before something is changed that matters."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named(self, password=_("password"))
