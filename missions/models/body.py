"""Consultative bodies and the dated steps of their state."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from missions.fields.addresses import page_of
from missions.fields.bilingual import Bilingual, OutdatedEnglish, long_pair, short_pair
from missions.fields.dates import KOREA, PreciseDate, kept_precise, precise_day
from missions.fields.stamps import PublicStamp
from missions.models.base import OfBodiesQuerySet, Record, ReferenceQuerySet, telling_sources
from missions.models.posting import Posting
from missions.models.source import Sourced
from missions.models.user import User


class Scope(models.TextChoices):
    """Where a body works."""

    OVERSEAS = "overseas", _("overseas")
    DOMESTIC = "domestic", _("domestic")


class BodyState(models.TextChoices):
    """How far a body has come. ``BodyStep`` dates each change."""

    PLANNED = "planned", _("planned")
    FORMING = "forming", _("forming")
    LAUNCHED = "launched", _("launched")
    ENDED = "ended", _("ended")


AT_WORK = (BodyState.FORMING, BodyState.LAUNCHED)  # a body that is forming may have staff who take up what comes


class Rhythm(models.TextChoices):
    """How often a body means to meet."""

    UNKNOWN = "unknown", _("unknown")
    MONTHLY = "monthly", _("monthly")
    QUARTERLY = "quarterly", _("quarterly")
    HALF_YEARLY = "half_yearly", _("twice a year")
    YEARLY = "yearly", _("yearly")
    AS_NEEDED = "as_needed", _("as needed")


class BodyQuerySet(ReferenceQuerySet):
    def staffed_by(self, user):
        """Bodies the user is posted to today."""
        return self.filter(pk__in=user.posted_bodies())

    def visible_to(self, user):
        """Bodies one member of staff may open: every body for those who oversee all, otherwise their own."""
        if user.has_perm("missions.view_every_body"):
            return self
        return self.staffed_by(user)

    def staffed(self):
        """Bodies to which somebody is posted today who may take steps: what waits there is read by somebody."""
        posted = Posting.objects.current().filter(user__in=User.objects.handlers().values("pk"))
        return self.filter(pk__in=posted.order_by().values("body"))

    def keeping_days_of(self, countries, offices=()):
        """Bodies that keep the working days of one of these countries (their ``country_code``), or have these keys."""
        there = Q(mission__country__in=countries) | Q(pk__in=offices)
        return self.filter(there | Q(mission=None) if "KR" in countries else there)

    def serving(self, country):
        """Bodies of missions in a country, and of those that cover it."""
        reached = self.model.objects.filter(Q(mission__country=country) | Q(mission__covers=country))
        return self.filter(pk__in=reached.values("pk"))

    def overseas(self):
        """Bodies at missions."""
        return self.filter(scope=Scope.OVERSEAS)

    def running(self):
        """Bodies that have been launched and have not ended."""
        return self.filter(state=BodyState.LAUNCHED)

    def counted(self):
        """How many are ``known``, and which are shown as ``launched``, whatever became of them."""
        launches = BodyStep.objects.published().filter(state=BodyState.LAUNCHED, body=OuterRef("pk")).order_by()
        rows = telling_sources(self.only("state", "certainty")).annotate(was_launched=Exists(launches)).order_by()
        launched = [body for body in rows if body.state == BodyState.LAUNCHED or body.was_launched]
        return {"known": len(rows), "launched": launched}

    def with_last_meeting(self):
        """Add ``last_met_on``, the day of the latest meeting held, or None."""
        held = models.Q(meetings__status="held")
        return self.annotate(last_met_on=models.Max("meetings__held_on", filter=held))

    def with_names(self):
        """Fetch what a list prints beside each body."""
        return telling_sources(self.select_related("mission__country__region")).annotate(**stated_since("pk"))


def stated_since(body):
    """Columns for ``stated``: the day of the dated step that tells the state of a body, given by the path to it."""
    steps = BodyStep.objects.published().filter(body=OuterRef(body), as_of_on__isnull=False)
    latest = steps.order_by("-as_of_on", "-pk")
    return {f"stated_{part}": Subquery(latest.values(f"as_of_{part}")[:1]) for part in ("on", "precision")}


class Body(Sourced):
    """A consultative body (지원협의체), at one mission or at home."""

    code = models.CharField(
        _("code"),
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,4}$", _("Write two to four capital letters."))],
        help_text=_("Two to four capital letters. References begin with it; it should not change."),
    )
    scope = models.CharField(_("scope"), max_length=8, choices=Scope, default=Scope.OVERSEAS)
    mission = models.OneToOneField(
        "Mission", models.PROTECT, verbose_name=_("mission"), null=True, blank=True, related_name="body"
    )
    name_ko, name_en = short_pair(_("name"))
    former_name_ko, former_name_en = short_pair(_("former or other name"), blank=True)
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=BodyState,
        default=BodyState.PLANNED,
        help_text=_("Follows from the latest row under “steps of its state”."),
    )
    launched_on, launched_precision = precise_day(_("launched on"))
    rhythm = models.CharField(_("meeting rhythm"), max_length=12, choices=Rhythm, default=Rhythm.UNKNOWN)
    purpose_ko, purpose_en = long_pair(_("purpose"), 2000)
    contact_ko, contact_en = long_pair(
        _("public contact"),
        500,
        help_text=_("How a firm reaches the body: office, telephone, e-mail. Public."),
    )

    reworded_at = PublicStamp(_("public words last changed"))

    name = Bilingual()
    former_name = Bilingual()
    purpose = Bilingual()
    contact = Bilingual()
    launched = PreciseDate()
    stated = PreciseDate()  # after ``with_names()``
    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["-scope", "code"]
        permissions = [("view_every_body", _("Can see the rows of every body"))]
        constraints = [
            models.CheckConstraint(
                name="body_overseas_has_a_mission",
                condition=Q(scope=Scope.OVERSEAS, mission__isnull=False) | Q(scope=Scope.DOMESTIC, mission=None),
                violation_error_message=_("An overseas body has a mission, the domestic body has none."),
            ),
            models.UniqueConstraint(
                fields=["scope"],
                condition=Q(scope=Scope.DOMESTIC),
                name="body_one_domestic",
                violation_error_message=_("There is one domestic body only."),
            ),
            kept_precise("body", "launched"),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    def get_absolute_url(self):
        return page_of("body", self.code)

    @property
    def short_name(self):
        """The city of its mission, as lists and the titles of its meetings name it; the domestic body by its scope."""
        return self.mission.place if self.mission else str(_("Korea (domestic)"))

    @property
    def choice_name(self):
        """Its short name with its code, which tells bodies of one city apart, as lists to choose from name it."""
        return type(self.short_name)(f"{self.short_name} ({self.code})")

    @property
    def time_zone(self):
        """IANA name of the zone in which this body meets."""
        return (self.mission and self.mission.time_zone) or KOREA

    @property
    def country_code(self):
        """ISO code of the country whose working days this body keeps."""
        return self.mission.country_id if self.mission else "KR"

    @property
    def is_to_come(self):
        """Whether it has not been launched yet."""
        return self.state in (BodyState.PLANNED, BodyState.FORMING)

    def launch_step(self):
        """The first dated step that says it was launched, or None."""
        return self.steps.filter(state=BodyState.LAUNCHED, as_of_on__isnull=False).order_by("as_of_on", "pk").first()

    def latest_step(self):
        """The dated step that gives this body its state, or None."""
        return self.steps.order_by(F("as_of_on").asc(nulls_first=True), "pk").last()


class BodyStep(Record):
    """A change of a body's state, or its confirmation, dated and with its source."""

    body = models.ForeignKey(Body, models.CASCADE, verbose_name=_("body"), related_name="steps")
    state = models.CharField(_("state"), max_length=8, choices=BodyState)
    as_of_on, as_of_precision = precise_day(_("as of"))
    detail_ko, detail_en = long_pair(_("detail"), 500)
    outdated_english = OutdatedEnglish(_("English out of date"))
    source = models.ForeignKey(
        "Source", models.PROTECT, verbose_name=_("source"), null=True, blank=True, related_name="+"
    )

    as_of = PreciseDate()
    detail = Bilingual()
    objects = OfBodiesQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of its state")
        verbose_name_plural = _("steps of its state")
        ordering = ["body", "as_of_on", "pk"]
        constraints = [kept_precise("body_step", "as_of")]

    def __str__(self):
        return f"{self.get_state_display()} ({self.as_of})"
