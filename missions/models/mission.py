"""Diplomatic missions abroad."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from missions.fields.addresses import page_of
from missions.fields.bilingual import Bilingual, long_pair, other_names, short_pair
from missions.fields.dates import PreciseDate
from missions.fields.order import InOrder
from missions.fields.stamps import PublicStamp
from missions.fields.validators import FEDERAL, validate_subdivision, validate_time_zone
from missions.models.base import ReferenceQuerySet, telling_sources
from missions.models.body import stated_since
from missions.models.source import Certainty, Sourced


class MissionKind(models.TextChoices):
    """What a mission is. Each is a mission abroad (재외공관)."""

    EMBASSY = "embassy", _("embassy")
    CONSULATE_GENERAL = "consulate_general", _("consulate general")
    PERMANENT_MISSION = "permanent_mission", _("permanent mission")
    BRANCH = "branch", _("branch office")
    FIELD_OFFICE = "field_office", _("field office")


class PointOf(models.TextChoices):
    """What a mission's coordinates point at."""

    BUILDING = "building", _("the building")
    CITY = "city", _("the city")


class MissionQuerySet(ReferenceQuerySet):
    def visible_to(self, user):
        """Missions of the bodies the user is posted to; every mission for those who oversee all bodies."""
        if user.has_perm("missions.view_every_body"):
            return self
        return self.filter(body__in=user.posted_bodies())

    def with_names(self):
        """Fetch what a list prints beside each mission."""
        return telling_sources(self.select_related("country__region", "body")).annotate(**stated_since("body__pk"))

    def serving(self, country):
        """Missions in a country, and those elsewhere that are known to cover it."""
        covering = self.model.objects.filter(Q(country=country) | Q(covers=country))
        return self.filter(pk__in=covering.values("pk"))

    def leading_first(self):
        """Embassies before consulates general before offices, as their kinds are listed; then by name."""
        ranks = [When(kind=kind, then=Value(number)) for number, kind in enumerate(MissionKind)]
        return self.order_by(Case(*ranks), InOrder("name_ko"), "pk")

    def with_body(self):
        """Missions at which a body is known, whatever its state."""
        return self.filter(body__isnull=False)


class Mission(Sourced):
    """A diplomatic mission (재외공관)."""

    slug = models.SlugField(_("slug"), unique=True, help_text=_("Part of the page’s address. It should not change."))
    name_ko, name_en = short_pair(_("name"))
    kind = models.CharField(_("kind"), max_length=20, choices=MissionKind)
    country = models.ForeignKey("Country", models.PROTECT, verbose_name=_("country"), related_name="missions")
    city_ko, city_en = short_pair(_("city"), 100, blank=True)
    other_names = other_names()
    covers = models.ManyToManyField(
        "Country",
        verbose_name=_("countries covered"),
        blank=True,
        related_name="covering_missions",
        help_text=_("Besides its own country. Leave empty when not known."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Leave latitude and longitude empty where they are not known."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    point_of = models.CharField(_("the coordinates are of"), max_length=8, choices=PointOf, default=PointOf.CITY)
    point_source = models.CharField(_("source of the coordinates"), max_length=100, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("Name in the IANA time zone database, e.g. Asia/Singapore. Leave empty when not known."),
    )
    subdivision = models.CharField(
        _("state or province"),
        max_length=6,
        blank=True,
        default="",
        db_default="",
        validators=[validate_subdivision],
        help_text=_(
            "Code of ISO 3166-2, e.g. DE-HE for Hesse: its holidays are kept besides those of the whole country. "
            "Leave empty where none is kept, as in the United States."
        ),
    )
    address_ko, address_en = long_pair(_("address"), 500)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    emergency_telephone = models.CharField(
        _("emergency telephone"),
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text=_("For people in distress outside office hours."),
    )
    email = models.EmailField(_("e-mail"), blank=True, default="", db_default="")
    url = models.URLField(_("web site"), max_length=300, blank=True)
    contact_certainty = models.CharField(
        _("certainty of the contact details"),
        max_length=10,
        choices=Certainty,
        default=Certainty.UNVERIFIED,
        db_default=Certainty.UNVERIFIED.value,
        help_text=_("Of telephones, e-mail, address and web site. Numbers on which sources disagree are left out."),
    )
    organisation = models.OneToOneField(
        "Organisation",
        models.PROTECT,
        verbose_name=_("as an organisation"),
        null=True,
        blank=True,
        related_name="mission",
        help_text=_("The entry that stands for this mission where it sits on a body or acts on a case."),
    )

    reworded_at = PublicStamp(_("public words last changed"))

    name = Bilingual()
    city = Bilingual()
    address = Bilingual()
    stated = PreciseDate()  # of the state of its body, after ``with_names()``
    objects = MissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        ordering = [InOrder("name_ko"), "pk"]
        constraints = [
            models.CheckConstraint(
                name="mission_coordinates_on_earth",
                condition=Q(
                    latitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__isnull=False,
                    longitude__range=(-180, 180),
                )
                | Q(latitude=None, longitude=None),
                violation_error_message=_(
                    "Latitude runs from -90 to 90, longitude from -180 to 180; both are known or neither."
                ),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return page_of("mission", self.slug)

    @property
    def place(self):
        """Where it lies, in one word: its city, or its country where the city is not known."""
        return self.city or self.country.name

    @property
    def has_body(self):
        """Whether a body of the programme belongs to it. A template that asks for ``body`` pays for an exception."""
        return hasattr(self, "body")

    @property
    def has_contact(self):
        """Whether any of its contact details is given, of which ``certainty_of_contact`` tells."""
        return any([self.telephone, self.emergency_telephone, self.email, self.url, self.address])

    @property
    def certainty_of_contact(self):
        """How certain the contact details are that are given. Those on which sources disagree are not among them."""
        disagree = self.contact_certainty == Certainty.CONFLICT
        return Certainty.UNVERIFIED if disagree else Certainty(self.contact_certainty)

    @property
    def has_place(self):
        """Whether its coordinates are known, so that it can stand on a map."""
        return self.latitude is not None

    def clean(self):
        """Refuse a state of another country, and one where missions keep the federal holidays alone."""
        country = self.subdivision.partition("-")[0]
        if self.subdivision and country != self.country_id:
            sentence = _("“%(code)s” lies in another country than the mission.") % {"code": self.subdivision}
            raise ValidationError({"subdivision": sentence})
        if country in FEDERAL:
            sentence = _("Missions in this country keep its federal holidays alone. Leave this empty.")
            raise ValidationError({"subdivision": sentence})
