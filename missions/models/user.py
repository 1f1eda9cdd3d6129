"""Staff accounts."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from missions.models.base import ReferenceQuerySet, Tidy


class Language(models.TextChoices):
    """The languages of the admin."""

    KOREAN = "ko", "한국어"
    ENGLISH = "en", "English"


class UserQuerySet(ReferenceQuerySet):
    def visible_to(self, user):
        """Every account for those who oversee all bodies; otherwise one's own and those posted to one's bodies."""
        if user.has_perm("missions.view_every_body"):
            return self
        colleagues = models.Q(postings__body__in=user.posted_bodies())
        return self.filter(pk__in=self.model.objects.filter(models.Q(pk=user.pk) | colleagues).values("pk"))

    def with_postings(self):
        """Fetch the postings of today of each, as ``posted``."""
        postings = self.model.postings.rel.related_model.objects.current().select_related("body")
        return self.prefetch_related(models.Prefetch("postings", postings, to_attr="posted"))

    def handlers(self):
        """People who may take steps with the difficulties of the bodies they are posted to."""
        entitled = models.Q(groups__permissions__codename="handle_difficulty") | models.Q(is_superuser=True)
        return self.filter(is_active=True, pk__in=self.model.objects.filter(entitled).values("pk"))

    def handling(self, body):
        """People who may own difficulties of a body today."""
        return self.handlers().filter(pk__in=body.postings.current().order_by().values("user"))


class StaffManager(UserManager.from_queryset(UserQuerySet)):
    """Django's manager of accounts, with the scoping of this project."""


class Accounts(HistoricalRecords):
    """The versions of an account; to sign in makes none."""

    def post_save(self, instance, created, using=None, *, update_fields=None, **kwargs):
        """Keep a version unless nothing was written but columns that versions leave out."""
        if update_fields is None or not {*update_fields} <= {*self.excluded_fields}:
            super().post_save(instance, created, using=using, update_fields=update_fields, **kwargs)


class User(Tidy, AbstractUser):
    """A member of staff. What they may do follows from their groups, what they see from their postings."""

    first_name = None
    last_name = None
    name = models.CharField(_("name"), max_length=80, blank=True)
    language = models.CharField(_("language of the admin"), max_length=2, choices=Language, default=Language.KOREAN)

    is_institution = models.BooleanField(
        _("stands for an institution"),
        default=False,
        editable=False,
        help_text=_("Author or approver of what the ministries published themselves. Nobody signs in with it."),
    )

    tour_put_away = models.BooleanField(
        _("tour of the first day put away"), default=False, db_default=False, editable=False
    )

    history = Accounts(excluded_fields=["password", "last_login", "tour_put_away"])
    objects = StaffManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]

    def __str__(self):
        return self.name or self.username

    def set_password(self, raw_password):
        """Change the password; of that no more is kept than that it was changed, when and by whom."""
        super().set_password(raw_password)
        if self.pk:
            with override("ko"):  # the history is written once, and read in every language
                self._change_reason = gettext("password changed")

    def posted_bodies(self):
        """Keys of the bodies this person is posted to today, for use in another query."""
        return self.postings.current().order_by().values("body")

    def get_full_name(self):
        """The name as written in Korean documents; Django's admin greets with it."""
        return self.name

    get_short_name = get_full_name
