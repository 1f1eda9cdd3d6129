"""Organisations that may sit on a body."""

from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from missions.fields.addresses import page_of
from missions.fields.bilingual import Bilingual, other_names, short_pair
from missions.fields.order import InOrder
from missions.fields.stamps import PublicStamp
from missions.models.base import ReferenceQuerySet, telling_sources
from missions.models.membership import Membership
from missions.models.source import Sourced


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    MINISTRY = "ministry", _("ministry")
    MISSION = "mission", _("mission abroad")
    AGENCY = "public_agency", _("public agency")
    AGENCY_OFFICE = "agency_office", _("public agency’s overseas office")
    LOCAL_GOVERNMENT = "local_government", _("local government")
    ASSOCIATION = "association", _("association")
    STARTUP_GROUP = "startup_group", _("start-up group")
    LARGE_FIRM = "large_firm", _("large firm")
    SMALL_FIRM = "small_firm", _("small firm")
    BANK = "bank", _("bank")
    LAW_FIRM = "law_firm", _("law firm")
    ACCOUNTING_FIRM = "accounting_firm", _("accounting firm")
    RESEARCH = "research_institute", _("research institute")
    EXPERT = "expert", _("expert")
    OTHER = "other", _("other")


class OrganisationQuerySet(ReferenceQuerySet):
    def named(self):
        """Organisations known by name, as against “four further local governments”."""
        return self.filter(named=True)

    def with_seats(self):
        """Fetch the bodies on which each organisation sits today, as ``seats``."""
        seats = Membership.objects.published().current().select_related("body__mission")
        rows = telling_sources(self).select_related("country")
        return rows.prefetch_related(Prefetch("memberships", seats, to_attr="seats"))


class Organisation(Sourced):
    """An organisation (기관), or several that a source counts without naming them."""

    slug = models.SlugField(_("slug"), unique=True, help_text=_("Part of the page’s address. It should not change."))
    name_ko, name_en = short_pair(_("name"))
    other_names = other_names()
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind, default=OrganisationKind.OTHER)
    country = models.ForeignKey(
        "Country",
        models.PROTECT,
        verbose_name=_("country"),
        null=True,
        blank=True,
        related_name="organisations",
    )
    url = models.URLField(_("web site"), max_length=300, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("part of"), null=True, blank=True, related_name="parts"
    )
    named = models.BooleanField(
        _("known by name"), default=True, help_text=_("No for a group that a source counts without naming.")
    )
    counts_for = models.PositiveSmallIntegerField(
        _("counts for"),
        default=1,
        help_text=_("How many organisations this row stands for; 0 when not known."),
    )

    reworded_at = PublicStamp(_("public words last changed"))

    name = Bilingual()
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = [InOrder("name_ko"), "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return page_of("organisation", self.slug)
