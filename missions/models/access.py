"""Who read personal data, and that each month was looked through. Staff only; what is written stays."""

from django.db import models
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from missions.models.base import ReferenceQuerySet, Tidy


class Access(models.TextChoices):
    """What was done with personal data."""

    CONTACT = "contact", _("contact shown")
    EXPORT = "export", _("contact taken away in a file")
    NUMBER = "number", _("registration number entered")
    PURGE = "purge", _("contact erased")


class AccessRecordQuerySet(ReferenceQuerySet):
    def visible_to(self, user):
        """Every record for those who look through them; to others there is none."""
        return self if user.has_perm("missions.review_access") else self.none()

    def of_month(self, month):
        """Records of a month, given its first day, by Korea's clock."""
        return self.filter(at__year=month.year, at__month=month.month)

    def months(self):
        """The first days of the months with records, the latest first."""
        return self.order_by().values_list(TruncMonth("at"), flat=True).distinct()


class AccessRecord(models.Model):
    """One access to personal data (접속기록): who, when, from where, whose, and why where that was asked.

    Append-only, by triggers. The names of the reader and of the firm are kept as text beside the keys. What is kept
    follows Korea’s standard on measures to keep personal data safe (개인정보의 안전성 확보조치 기준), article 8.
    """

    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey("User", models.PROTECT, verbose_name=_("by"), null=True, blank=True, related_name="+")
    by_name = models.CharField(_("by (name)"), max_length=150)
    address = models.CharField(_("network address"), max_length=45, blank=True)
    kind = models.CharField(_("access"), max_length=10, choices=Access)
    # No constraint: the record stays where a firm that was invented for a demonstration is deleted.
    company = models.ForeignKey(
        "Company", models.DO_NOTHING, verbose_name=_("whose"), null=True, related_name="+", db_constraint=False
    )
    company_name = models.CharField(_("whose (name)"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = AccessRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("access record")
        verbose_name_plural = _("access records")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["at"], name="accessrecord_at"),
            models.Index(fields=["by", "kind", "at"], name="accessrecord_by_kind_at"),
        ]
        permissions = [("review_access", "Can look through access records")]
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.by_name} · {self.get_kind_display()} · {self.company_name}"


class AccessReview(Tidy):
    """That the access records of a month were looked through: by whom, and what was found."""

    month = models.DateField(_("month"), unique=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey("User", models.PROTECT, verbose_name=_("by"), related_name="+")
    finding = models.TextField(_("finding"), max_length=2000)

    class Meta:
        verbose_name = _("review of access records")
        verbose_name_plural = _("reviews of access records")
        ordering = ["-month"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="accessreview_first_of_month", condition=models.Q(month__day=1)),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}"


class RoleChange(models.Model):
    """A role that somebody gave to an account or took from it. Append-only, by triggers."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey("User", models.PROTECT, verbose_name=_("by"), related_name="+")
    by_name = models.CharField(_("by (name)"), max_length=150)
    user = models.ForeignKey("User", models.PROTECT, verbose_name=_("account"), related_name="role_changes")
    role = models.CharField(_("role"), max_length=150)
    is_given = models.BooleanField(_("given"))

    class Meta:
        verbose_name = _("change of a role")
        verbose_name_plural = _("changes of roles")
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.user} {'+' if self.is_given else '-'} {self.role}"
