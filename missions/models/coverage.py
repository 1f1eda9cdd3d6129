"""How it is known which mission serves a country, and which parts of a country a mission serves."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from missions.fields.bilingual import Bilingual, short_pair
from missions.models.base import OfBodiesQuerySet, ReferenceQuerySet, telling_sources
from missions.models.source import Sourced


class Coverage(Sourced):
    """How it is known which mission serves a country, or why none does.

    Which mission that is stands in one place, with the missions: one that lies in the country, or one that covers it
    from elsewhere (겸임국). ``docs/adr/0037`` says why not here.
    """

    country = models.OneToOneField("Country", models.CASCADE, verbose_name=_("country"), related_name="coverage")

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("how its mission is known")
        verbose_name_plural = _("how their missions are known")
        ordering = ["country_id"]

    def __str__(self):
        return str(self.country)


class DistrictQuerySet(OfBodiesQuerySet):
    body_path = "mission__body"

    def with_names(self):
        """Fetch what a page prints beside each district."""
        return telling_sources(self)


class District(Sourced):
    """A part of a country that a mission serves (관할구역): a state, a province, an emirate, or a part of one."""

    mission = models.ForeignKey("Mission", models.CASCADE, verbose_name=_("mission"), related_name="districts")
    code = models.CharField(
        _("code"),
        max_length=6,
        validators=[RegexValidator(r"^[A-Z]{2}-[A-Z0-9]{1,3}$", _("Write a code of ISO 3166-2, such as US-WA."))],
        help_text=_("Code of ISO 3166-2, such as US-WA."),
    )
    name_ko, name_en = short_pair(_("name"), 100)
    extent_ko, extent_en = short_pair(_("which part of it"), 100, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    name = Bilingual()
    extent = Bilingual()
    objects = DistrictQuerySet.as_manager()

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["order", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mission", "code"],
                name="district_once_a_mission",
                violation_error_message=_("This mission already has this district."),
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.extent})" if self.extent else self.name

    def clean(self):
        """Refuse a part of a country that the mission neither lies in nor covers."""
        super().clean()
        country = self.code.partition("-")[0]
        if not (self.mission_id and country) or country == self.mission.country_id:
            return
        if not self.mission.covers.filter(pk=country).exists():
            sentence = _("“%(code)s” lies in a country that this mission does not serve.") % {"code": self.code}
            raise ValidationError({"code": sentence})
