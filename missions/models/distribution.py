"""To whom local information goes: the register of recipients, distributions, and the steps of each item. Staff only."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from missions.fields.validators import validate_day
from missions.models.base import Record, Tidy
from missions.models.information import LocalInformation


class OfInformationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rows of the items that the user may open."""
        if user.has_perm("missions.view_every_body"):
            return self
        return self.filter(item__in=LocalInformation.objects.visible_to(user))


class RecipientQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The whole register for those who keep it, nothing of it for anybody else."""
        return self if user.has_perm("missions.view_recipient") else self.none()

    def to_be_told(self, item):
        """Recipients in use that an item did not go to yet, in the order of their names."""
        rows = self.filter(is_active=True).exclude(distributions__item=item)
        return rows.select_related("organisation").order_by("organisation__name_ko", "name", "pk")

    def interested_in(self, item):
        """Recipients whose countries, topics and sectors fit an item. One that names none of a kind takes all."""
        wanted = {"countries": item.country_id, "topics": item.topic_id}
        if item.sector_id:
            wanted["sectors"] = item.sector_id
        rows = self
        for name, key in wanted.items():
            some, fitting = (self.model.objects.filter(**one) for one in ({f"{name}__isnull": False}, {name: key}))
            rows = rows.filter(~Q(pk__in=some.values("pk")) | Q(pk__in=fitting.values("pk")))
        return rows


class Recipient(Record):
    """Who passes local information on to firms at home: an association, an export centre, an agency (배포처)."""

    organisation = models.ForeignKey(
        "Organisation",
        models.PROTECT,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Where the register of organisations has it."),
    )
    name = models.CharField(
        _("name"), max_length=120, blank=True, help_text=_("The office, or the whole name where no organisation fits.")
    )
    email = models.EmailField(_("e-mail"), help_text=_("The address of the office, not a person’s."))
    contact = models.CharField(_("contact person"), max_length=80, blank=True)
    countries = models.ManyToManyField("Country", verbose_name=_("countries"), blank=True, related_name="+")
    topics = models.ManyToManyField("DifficultyType", verbose_name=_("topics"), blank=True, related_name="+")
    sectors = models.ManyToManyField("Sector", verbose_name=_("sectors"), blank=True, related_name="+")
    is_active = models.BooleanField(_("receives information"), default=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="recipient_with_organisation_or_name",
                condition=~Q(organisation=None) | ~Q(name=""),
                violation_error_message=_("Choose an organisation or write a name."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="recipient_email_once",
                violation_error_message=_("Another recipient has this address. Change that one."),
            ),
        ]

    def __str__(self):
        return " ".join(str(part) for part in (self.organisation, self.name) if part)

    @property
    def has_contact(self):
        """Whether anything is recorded about whom to contact there."""
        return bool(self.contact or self.email)

    def is_reachable_by(self, user):
        """Whether a member of staff may read whom to contact there: those who keep the register, nobody else."""
        return user.has_perm("missions.change_recipient")


class Distribution(Tidy):
    """That an item went to a recipient (배포): when, by whom, and how they said that it arrived."""

    item = models.ForeignKey(
        LocalInformation, models.CASCADE, verbose_name=_("local information"), related_name="distributions"
    )
    recipient = models.ForeignKey(Recipient, models.PROTECT, verbose_name=_("recipient"), related_name="distributions")
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("User", models.PROTECT, verbose_name=_("by"), related_name="+")
    received_on = models.DateField(_("received on"), validators=[validate_day], null=True)
    receipt = models.CharField(_("how they said so"), max_length=200, blank=True)

    objects = OfInformationQuerySet.as_manager()

    class Meta:
        verbose_name = _("distribution")
        verbose_name_plural = _("distributions")
        ordering = ["-at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "recipient"],
                name="distribution_once",
                violation_error_message=_("This item went to this recipient already."),
            ),
        ]

    def __str__(self):
        return str(self.recipient)


class InformationEvent(Tidy):
    """One step taken with an item of local information: by whom, when, and what was said."""

    item = models.ForeignKey(
        LocalInformation, models.CASCADE, verbose_name=_("local information"), related_name="events"
    )
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("User", models.PROTECT, verbose_name=_("by"), related_name="+")
    by_name = models.CharField(_("by (name)"), max_length=150)
    step = models.CharField(_("step"), max_length=10)
    note = models.TextField(_("note"), blank=True)

    objects = OfInformationQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of local information")
        verbose_name_plural = _("steps of local information")
        ordering = ["item", "pk"]

    def __str__(self):
        return f"{self.item_id} {self.step}"
