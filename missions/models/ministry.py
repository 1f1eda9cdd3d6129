"""The two ministries and what they agreed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from missions.fields.bilingual import Bilingual, OutdatedEnglish, long_pair, short_pair
from missions.fields.dates import PreciseDate, kept_precise, precise_day
from missions.models.base import Record, ReferenceQuerySet
from missions.models.source import Sourced


class Ministry(Sourced):
    """A ministry that leads the programme (부처)."""

    key = models.SlugField(_("key"), unique=True)
    name_ko, name_en = short_pair(_("name"))
    short_ko, short_en = short_pair(_("short name"), 40)
    url = models.URLField(_("web site"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    name = Bilingual()
    short = Bilingual()
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("ministry")
        verbose_name_plural = _("ministries")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name


class Agreement(Sourced):
    """An agreement (업무협약) the programme rests on."""

    key = models.SlugField(_("key"), unique=True)
    name_ko, name_en = short_pair(_("title"), 300)
    signed_on, signed_precision = precise_day(_("signed on"))
    place_ko, place_en = short_pair(_("place"), blank=True)

    name = Bilingual()
    place = Bilingual()
    signed = PreciseDate()
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["signed_on", "pk"]
        constraints = [kept_precise("agreement", "signed")]

    def __str__(self):
        return self.name


class Party(Record):
    """A ministry or an organisation that signed an agreement, and who signed for it."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name=_("agreement"), related_name="parties")
    ministry = models.ForeignKey(
        Ministry, models.PROTECT, verbose_name=_("ministry"), null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "Organisation",
        models.PROTECT,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        related_name="+",
    )
    person_ko, person_en = short_pair(_("signed by"), 80, blank=True)
    title_ko, title_en = short_pair(_("office"), 80, blank=True)
    outdated_english = OutdatedEnglish(_("English out of date"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    person = Bilingual()
    title = Bilingual()
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="party_is_a_ministry_or_an_organisation",
                condition=Q(ministry=None, organisation__isnull=False) | Q(ministry__isnull=False, organisation=None),
                violation_error_message=_("Choose either a ministry or an organisation."),
            ),
        ]

    def __str__(self):
        return str(self.ministry or self.organisation)


class Commitment(Record):
    """One thing the parties of an agreement promised, in the agreement's order."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name=_("agreement"), related_name="commitments")
    order = models.PositiveSmallIntegerField(_("order"))
    text_ko, text_en = long_pair(_("commitment"), 500, blank=False)
    outdated_english = OutdatedEnglish(_("English out of date"))

    text = Bilingual()
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "order"], name="commitment_order_once"),
        ]

    def __str__(self):
        return self.text
