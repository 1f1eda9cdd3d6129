"""Who signed in, who tried to, and who was locked out. The database refuses to change or delete a row."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInMethod(models.TextChoices):
    """What a person proved who they are with, by allauth’s names where it has one."""

    PASSWORD = "password", _("password")
    TOTP = "totp", _("code of an authenticator app")
    RECOVERY_CODE = "recovery_codes", _("recovery code")
    PASSKEY = "webauthn", _("passkey or security key")
    SINGLE_SIGN_ON = "openid_connect", _("single sign-on")
    RESET = "password_reset", _("password reset by e-mail")


class SignInOutcome(models.TextChoices):
    """What came of it."""

    SIGNED_IN = "signed_in", _("signed in")
    WRONG = "wrong", _("refused: wrong")
    LOCKED = "locked", _("refused: locked out")
    CHANGED = "changed", _("password changed")


class SignInQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every line for those who oversee all bodies; otherwise those of one’s own account."""
        return self if user.has_perm("missions.view_every_body") else self.filter(account=user.username)

    def of_month(self, month):
        """Attempts of a month, given its first day, by Korea’s clock."""
        return self.filter(at__year=month.year, at__month=month.month)

    def by_account(self):
        """A line for each account: how often it was signed in to, refused, and locked out, those refused most first."""
        counts = {
            "signed_in": models.Count("pk", filter=models.Q(outcome=SignInOutcome.SIGNED_IN)),
            "wrong": models.Count("pk", filter=models.Q(outcome=SignInOutcome.WRONG)),
            "locked": models.Count("pk", filter=models.Q(outcome=SignInOutcome.LOCKED)),
            "places": models.Count("address", distinct=True),
        }
        return self.order_by().values("account").annotate(**counts).order_by("-locked", "-wrong", "account")


class SignIn(models.Model):
    """One attempt to sign in. Append-only, by triggers.

    ``account`` is empty where no account has the name that was typed: it may be a password in the wrong field.
    """

    at = models.DateTimeField(_("at"), auto_now_add=True)
    account = models.CharField(_("account"), max_length=150, blank=True)
    address = models.GenericIPAddressField(_("from where"))
    method = models.CharField(_("method"), max_length=20, choices=SignInMethod)
    outcome = models.CharField(_("outcome"), max_length=12, choices=SignInOutcome)
    user_agent = models.CharField(_("browser"), max_length=120, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["account", "-at"], name="sign_ins_of_account")]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.account} {self.outcome}"
