"""Whom a firm can ask besides the missions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from missions.fields.addresses import page_of
from missions.fields.bilingual import Bilingual, long_pair, short_pair
from missions.fields.order import InOrder
from missions.models.base import ReferenceQuerySet, telling_sources
from missions.models.source import Sourced


class ContactKind(models.TextChoices):
    """What a point of contact is."""

    CALL_CENTRE = "call_centre", _("call centre")
    GBC = "gbc", _("Global Business Center (GBC)")
    KSC = "ksc", _("K-Startup Center (KSC)")
    KOTRA_OFFICE = "kotra_office", _("KOTRA office")
    KBIZ_OFFICE = "kbiz_office", _("KBIZ office")
    EXPORT_CENTRE = "export_centre", _("export support centre")
    OTHER = "other", _("other")


class ContactPointQuerySet(ReferenceQuerySet):
    def with_names(self):
        """Fetch what a page prints beside each point of contact."""
        return telling_sources(self.select_related("organisation", "country"))


class ContactPoint(Sourced):
    """An office or a call centre, other than a mission, that a firm can ask (연락처)."""

    key = models.SlugField(_("key"), unique=True)
    organisation = models.ForeignKey(
        "Organisation", models.PROTECT, verbose_name=_("organisation"), null=True, blank=True, related_name="contacts"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ContactKind, default=ContactKind.OTHER)
    name_ko, name_en = short_pair(_("name"))
    country = models.ForeignKey("Country", models.PROTECT, verbose_name=_("country"), related_name="contact_points")
    city_ko, city_en = short_pair(_("city"), 100, blank=True)
    address_ko, address_en = long_pair(_("address"), 500)
    telephone = models.CharField(_("telephone"), max_length=80, blank=True)
    url = models.URLField(_("web site"), max_length=300, blank=True)

    name = Bilingual()
    city = Bilingual()
    address = Bilingual()
    objects = ContactPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("point of contact")
        verbose_name_plural = _("points of contact")
        ordering = [InOrder("name_ko"), "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return page_of("country", self.country_id)
