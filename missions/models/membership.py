"""Who sits on a body."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from missions.fields.bilingual import Bilingual, short_pair
from missions.fields.dates import today_in
from missions.fields.validators import validate_day
from missions.models.base import OfBodiesQuerySet, telling_sources
from missions.models.local_days import on_local_day
from missions.models.period import Lasting
from missions.models.source import Sourced


class Post(models.TextChoices):
    """What an organisation does on a body."""

    CHAIR = "chair", _("chair")
    SECRETARIAT = "secretariat", _("secretariat")
    MEMBER = "member", _("member")
    OBSERVER = "observer", _("observer")


class MembershipQuerySet(OfBodiesQuerySet):
    def current(self, on=None):
        """Seats held on a day: unless given, on the day it is at each body."""

        def lasts(day):
            return (Q(since_on=None) | Q(since_on__lte=day)) & (Q(until_on=None) | Q(until_on__gte=day))

        return self.filter(lasts(on) if on else on_local_day(lasts, "body"))

    def with_organisation(self):
        """Fetch who holds each seat."""
        return self.select_related("organisation")

    def with_names(self):
        """Fetch what a table of members prints."""
        return telling_sources(self.select_related("organisation", "body"))


class Membership(Lasting, Sourced):
    """An organisation's seat on a body (구성원). Both ends may be unknown."""

    body = models.ForeignKey("Body", models.PROTECT, verbose_name=_("body"), related_name="memberships")
    organisation = models.ForeignKey(
        "Organisation", models.PROTECT, verbose_name=_("organisation"), related_name="memberships"
    )
    post = models.CharField(_("post"), max_length=12, choices=Post, default=Post.MEMBER)
    person_ko, person_en = short_pair(_("person"), 80, blank=True)
    title_ko, title_en = short_pair(_("office"), 80, blank=True)
    helps_ko, helps_en = short_pair(_("what it can help with"), 300, blank=True)
    since_on = models.DateField(
        _("from"), validators=[validate_day], null=True, blank=True, help_text=_("Leave empty when not known.")
    )
    until_on = models.DateField(
        _("until"), validators=[validate_day], null=True, blank=True, help_text=_("Empty while the seat is held.")
    )

    person = Bilingual()
    title = Bilingual()
    helps = Bilingual()
    objects = MembershipQuerySet.as_manager()
    seat = ("body", "organisation", "post")
    overlap = _("This seat overlaps another of the same organisation in the same post.")

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["body", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "organisation", "post"],
                condition=Q(until_on=None),
                name="membership_one_open_seat",
                violation_error_message=_(
                    "This organisation already holds this post on the body. End that seat first."
                ),
            ),
            models.CheckConstraint(
                name="membership_until_not_before_since",
                condition=Q(since_on=None) | Q(until_on=None) | Q(until_on__gte=F("since_on")),
                violation_error_message=_("The seat cannot end before it begins."),
            ),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.get_post_display()}"

    @property
    def has_ended(self):
        """Whether the seat has ended. Then the body's page does not name it, and no search finds the body by it."""
        return self.until_on is not None and self.until_on < today_in(self.body.time_zone)
