"""What the bodies tell firms: local information, and schemes that help."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from missions.fields.addresses import page_of
from missions.fields.bilingual import Bilingual, in_korean_only, long_pair, outdated_index, short_pair
from missions.fields.dates import latest_day, today_in
from missions.fields.keys import public_key
from missions.fields.stamps import PublicStamp
from missions.fields.validators import validate_day
from missions.models.base import OfBodiesQuerySet, ReferenceQuerySet, telling_sources
from missions.models.body import Body, Scope
from missions.models.local_days import today_there
from missions.models.source import Sourced


def _expired(now):
    return Q(valid_until__lt=today_there(now=now))


class InformationState(models.TextChoices):
    """How far an item has come on its way home. ``missions.publication.information`` moves it."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent home")
    PUBLISHED = "published", _("published")


OF_STATE = {
    InformationState.DRAFT: Q(is_published=False, sent_at=None),
    InformationState.SENT: Q(is_published=False, sent_at__isnull=False),
    InformationState.PUBLISHED: Q(is_published=True),
}


class LocalInformationQuerySet(OfBodiesQuerySet):
    def visible_to(self, user):
        """Items of the user’s bodies; for those at the domestic body, of every body what was ever sent home."""
        if user.has_perm("missions.view_every_body"):
            return self
        came = self.model.objects.filter(Q(is_published=True) | Q(sent_at__isnull=False) | Q(events__isnull=False))
        at_home = Exists(Body.objects.staffed_by(user).filter(scope=Scope.DOMESTIC))
        return self.filter(Q(body__in=user.posted_bodies()) | Q(at_home, pk__in=came.order_by().values("pk")))

    def published(self):
        """Items the public may read. Public pages start here and nowhere else."""
        return self.in_state(InformationState.PUBLISHED)

    def in_state(self, state):
        """Items that have come as far as an ``InformationState`` and no further."""
        return self.filter(OF_STATE[state])

    def returned(self):
        """Drafts that came back: their last step was a return or a withdrawal."""
        events = self.model._meta.get_field("events").related_model.objects
        last = events.filter(item=OuterRef("pk")).order_by("-pk").values("step")[:1]
        drafts = self.in_state(InformationState.DRAFT)
        return drafts.annotate(last_step=Subquery(last)).filter(last_step__in=["send_back", "withdraw"])

    def undistributed(self, now=None):
        """Items published by a step that went to no recipient yet and still hold."""
        return self.published().valid(now).filter(published_at__isnull=False, distributions=None, distributed_on=None)

    def valid(self, now=None):
        """Items not known to have expired at a moment."""
        return self.exclude(_expired(now))

    def expired(self, now=None):
        """Items whose validity has ended at a moment, as ``has_expired`` says it of one."""
        return self.filter(_expired(now))

    def given_out(self):
        """Items that count as given: published or distributed."""
        sent = self.model.objects.filter(distributions__isnull=False).order_by().values("pk")
        return self.filter(Q(is_published=True) | Q(distributed_on__isnull=False) | Q(pk__in=sent))

    def untranslated(self):
        """Items of which some text is in Korean only."""
        return self.filter(in_korean_only("title", "text"))

    def with_names(self):
        """Fetch the names that a list prints beside each item."""
        return telling_sources(self.select_related("country", "topic", "body__mission"))


class LocalInformation(Sourced):
    """An item of host-country information (현지정보), on its way from a body home and from there to firms.

    Its state follows from two columns: ``is_published`` and ``sent_at``. ``published_…`` tell the last publication,
    and are empty for items published before it took two people.
    """

    key = public_key()
    body = models.ForeignKey("Body", models.PROTECT, verbose_name=_("body"), related_name="information")
    country = models.ForeignKey("Country", models.PROTECT, verbose_name=_("country"), related_name="+")
    topic = models.ForeignKey("DifficultyType", models.PROTECT, verbose_name=_("topic"), related_name="+")
    sector = models.ForeignKey(
        "Sector",
        models.PROTECT,
        verbose_name=_("sector"),
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Only where it concerns one sector."),
    )
    title_ko, title_en = short_pair(_("title"))
    text_ko, text_en = long_pair(_("text"), blank=False)
    issued_on = models.DateField(_("issued on"), validators=[validate_day])
    valid_until = models.DateField(_("valid until"), validators=[validate_day], null=True, blank=True)
    distributed_on = models.DateField(
        _("distributed on"),
        validators=[validate_day],
        null=True,
        blank=True,
        editable=False,
        help_text=_("As it was entered before distributions had rows of their own."),
    )
    is_published = models.BooleanField(_("published"), default=False, editable=False)
    is_urgent = models.BooleanField(_("urgent"), default=False, db_default=False, editable=False)
    drafted_by = models.ForeignKey(
        "User", models.PROTECT, verbose_name=_("drafted by"), null=True, related_name="+", editable=False
    )
    sent_at = models.DateTimeField(_("sent home at"), null=True, editable=False)
    published_by = models.ForeignKey(
        "User", models.PROTECT, verbose_name=_("published by"), null=True, related_name="+", editable=False
    )
    published_from = models.ForeignKey(
        "Body", models.PROTECT, verbose_name=_("published by the body"), null=True, related_name="+", editable=False
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    reworded_at = PublicStamp(_("public words last changed"))

    title = Bilingual()
    text = Bilingual()
    objects = LocalInformationQuerySet.as_manager()

    class Meta:
        verbose_name = _("local information")
        verbose_name_plural = _("local information")
        ordering = ["-issued_on", "-pk"]
        indexes = [
            outdated_index("information"),
            *(
                models.Index(
                    fields=[*columns, "-issued_on", "-id"],
                    condition=Q(is_published=True),
                    name="_by_".join(["info_published", *columns]),
                )
                for columns in [[], ["body"], ["country"], ["topic"]]
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="information_valid_after_issue",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("issued_on")),
                violation_error_message=_("It cannot expire before it is issued."),
            ),
            models.CheckConstraint(
                name="information_published_by_another",
                condition=Q(published_by=None) | Q(drafted_by=None) | ~Q(published_by=F("drafted_by")),
                violation_error_message=_("Whoever wrote an item cannot publish it."),
            ),
            models.CheckConstraint(
                name="information_published_at_with_by",
                condition=Q(published_at=None, published_by=None, published_from=None)
                | Q(published_at__isnull=False, published_by__isnull=False, published_from__isnull=False),
            ),
        ]
        permissions = [("publish_localinformation", _("Can publish local information that others wrote"))]

    def __str__(self):
        return self.title

    def clean(self):
        """Refuse an item of a day to come."""
        super().clean()
        if self.issued_on and self.body_id and self.issued_on > latest_day(self.body.time_zone):
            raise ValidationError({"issued_on": _("An item cannot have been written in the future.")})

    def get_absolute_url(self):
        return page_of("information_item", self.key)

    @property
    def state(self):
        """How far it has come, as an ``InformationState``."""
        if self.is_published:
            return InformationState.PUBLISHED
        return InformationState.SENT if self.sent_at else InformationState.DRAFT

    @property
    def fingerprint(self):
        """A value that changes with every change of the item. Pages that show its words send it along."""
        latest = self.history.order_by("-history_id").values_list("history_id", flat=True).first() or 0
        return f"{self.updated_at:%Y%m%d%H%M%S%f}-{latest}"

    def has_expired(self):
        """Whether its last day has ended where the body works that sent it."""
        return self.valid_until is not None and self.valid_until < today_in(self.body.time_zone)


class SupportProgramme(Sourced):
    """A scheme that supports firms (지원사업)."""

    key = models.SlugField(_("key"), unique=True)
    name_ko, name_en = short_pair(_("name"))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    organisations = models.ManyToManyField(
        "Organisation", verbose_name=_("run by"), blank=True, related_name="programmes"
    )
    types = models.ManyToManyField(
        "DifficultyType", verbose_name=_("types it may help with"), blank=True, related_name="programmes"
    )
    summary_ko, summary_en = long_pair(_("summary"), 2000)
    url = models.URLField(_("web site"), max_length=300, blank=True)
    opens_on = models.DateField(_("applications from"), validators=[validate_day], null=True, blank=True)
    closes_on = models.DateField(
        _("applications until"), validators=[validate_day], null=True, blank=True, help_text=_("The last day.")
    )
    applicants_ko, applicants_en = long_pair(_("who may apply"), 500, default="", db_default="")

    name = Bilingual()
    summary = Bilingual()
    applicants = Bilingual()
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("support programme")
        verbose_name_plural = _("support programmes")
        ordering = [F("year").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="programme_closes_after_it_opens",
                condition=Q(opens_on=None) | Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("Applications cannot end before they begin."),
            ),
        ]

    def __str__(self):
        return self.name

    def takes_applications(self, today=None):
        """Whether a firm can apply on a day, today in Korea unless given; None where no day is known."""
        if self.opens_on is None and self.closes_on is None:
            return None
        today = today or timezone.localdate()
        return (self.opens_on or today) <= today <= (self.closes_on or today)
