"""The anonymised public text of a difficulty, version by version."""

import hashlib

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from missions.fields.addresses import page_of
from missions.fields.bilingual import (
    Bilingual,
    Kept,
    OutdatedEnglish,
    in_korean_only,
    kept_pair,
    long_pair,
    outdated_index,
    short_pair,
)
from missions.fields.stamps import PublicStamp
from missions.fields.validators import validate_day
from missions.models.action import ActionKind
from missions.models.base import OfBodiesQuerySet, Record
from missions.models.difficulty_terms import Outcome
from missions.models.organisation import OrganisationKind
from missions.models.source import Source, Sourced

UNNAMED = [OrganisationKind.SMALL_FIRM, OrganisationKind.EXPERT]
CONDITIONS = ["body", "country", "type", "sector", "outcome"]  # what readers narrow the list of cases by
LATEST = ["-approved_at", "-id"]  # the order of the list


class PublicationState(models.TextChoices):
    """How far a text has come. ``missions.publication.workflow`` moves it."""

    DRAFT = "draft", _("draft")
    AWAITING = "awaiting", _("awaiting approval")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PublishedCaseQuerySet(OfBodiesQuerySet):
    def published(self):
        """Cases the public may read. Public pages start here and nowhere else."""
        return self.filter(state=PublicationState.PUBLISHED)

    def awaiting(self):
        """Texts that someone must approve or send back."""
        return self.filter(state=PublicationState.AWAITING)

    def untranslated(self):
        """Cases of which some text is in Korean only."""
        return self.filter(in_korean_only("title", "happened", "done", "lesson"))

    def with_last_remark(self):
        """Fetch the step and the words of the latest remark on each text, empty where there is none."""
        remarks = self.model._meta.get_field("remarks").related_model.objects
        latest = remarks.filter(case=OuterRef("pk")).order_by("-at", "-pk")
        return self.annotate(remarked=Subquery(latest.values("step")[:1]), said=Subquery(latest.values("text")[:1]))

    def with_names(self):
        """Fetch the names that a list prints beside each case. Its sector is none: PostgreSQL plans longer with it."""
        return self.select_related("country", "type", "body__mission")


class PublishedCase(Sourced):
    """One version of the public text of a difficulty (공개 사례). The public reads the published version."""

    reference = models.SlugField(_("case reference"), max_length=60, editable=False)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    body = models.ForeignKey("Body", models.PROTECT, verbose_name=_("body"), related_name="cases")
    country = models.ForeignKey("Country", models.PROTECT, verbose_name=_("country"), related_name="+")
    type = models.ForeignKey("DifficultyType", models.PROTECT, verbose_name=_("type"), related_name="+")
    sector = models.ForeignKey(
        "Sector", models.PROTECT, verbose_name=_("sector"), null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    title_ko, title_en = short_pair(_("title"))
    happened_ko, happened_en = long_pair(_("what happened"))
    done_ko, done_en = long_pair(_("what was done"))
    lesson_ko, lesson_en = long_pair(_("what to learn"))
    reported_month = models.DateField(
        _("month of the report"),
        validators=[validate_day],
        null=True,
        blank=True,
        help_text=_("The day is dropped when saved."),
    )
    closed_month = models.DateField(
        _("month of the outcome"),
        validators=[validate_day],
        null=True,
        blank=True,
        help_text=_("The day is dropped when saved."),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=PublicationState, default=PublicationState.DRAFT, editable=False
    )
    drafted_by = models.ForeignKey(
        "User", models.PROTECT, verbose_name=_("drafted by"), related_name="+", editable=False
    )
    drafted_at = models.DateTimeField(_("drafted at"), auto_now_add=True)
    approved_by = models.ForeignKey(
        "User", models.PROTECT, verbose_name=_("approved by"), null=True, related_name="+", editable=False
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    reworded_at = PublicStamp(_("public words last changed"))
    # What the public page prints of other records, as it was approved; ``missions.publication.kept`` writes it.
    country_name_ko, country_name_en = kept_pair(_("country"))
    type_name_ko, type_name_en = kept_pair(_("type"))
    sector_name_ko, sector_name_en = kept_pair(_("sector"))
    body_name_ko, body_name_en = kept_pair(_("body"))
    body_short_ko, body_short_en = kept_pair(_("city"))
    kept_sources = models.JSONField(_("sources"), null=True, editable=False)

    title = Bilingual()
    happened = Bilingual()
    done = Bilingual()
    lesson = Bilingual()
    country_name = Kept("country.name")
    type_name = Kept("type.name")
    sector_name = Kept("sector.name")
    body_name = Kept("body.name")
    body_short = Kept("body.short_name")
    objects = PublishedCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("published case")
        verbose_name_plural = _("published cases")
        # What is not approved has no moment, and stands first or last as the database likes. The plain order is the one
        # that the indexes of the published rows keep. Each has all conditions, so that several count in it alone.
        ordering = ["-approved_at", "-pk"]
        indexes = [
            outdated_index("case"),
            *(
                models.Index(
                    fields=[*columns, *LATEST],
                    include=[column for column in CONDITIONS if column not in columns],
                    condition=Q(state=PublicationState.PUBLISHED),
                    name="_by_".join(["case_published", *columns]),
                )
                for columns in [[], *([column] for column in [*CONDITIONS, "closed_month"])]
            ),
            models.Index(
                fields=LATEST,
                include=CONDITIONS,
                condition=Q(state=PublicationState.PUBLISHED, closed_month=None),
                name="case_published_month_unknown",
            ),
            # Whether a case is published is asked of each hit of a search.
            models.Index(fields=["id"], condition=Q(state=PublicationState.PUBLISHED), name="case_published_key"),
        ]
        permissions = [("approve_publishedcase", _("Can approve texts for the public"))]
        constraints = [
            models.CheckConstraint(
                name="case_approved_by_another",
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")),
                violation_error_message=_("Whoever wrote a text cannot approve it."),
            ),
            models.CheckConstraint(
                name="case_approved_at_with_by",
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="case_published_with_korean_text_and_approver",
                condition=~Q(state=PublicationState.PUBLISHED)
                | Q(approved_by__isnull=False) & ~Q(title_ko="") & ~Q(happened_ko="") & ~Q(done_ko=""),
                violation_error_message=_("A published text needs its Korean words and an approver."),
            ),
            models.UniqueConstraint(fields=["reference", "version"], name="case_version_once"),
            models.UniqueConstraint(
                fields=["reference"],
                condition=Q(state=PublicationState.PUBLISHED),
                name="case_one_published_version",
            ),
            models.UniqueConstraint(
                fields=["reference"],
                condition=Q(state__in=[PublicationState.DRAFT, PublicationState.AWAITING]),
                name="case_one_open_draft",
                violation_error_message=_("A draft with this reference is already open."),
            ),
        ]

    def __str__(self):
        edition = _("edition %(number)d") % {"number": self.version}
        return f"{self.reference} {edition} {self.title}"

    def get_absolute_url(self):
        return page_of("case", self.reference)

    @property
    def told_sources(self):
        """The sources as they were approved, the latest first; those of today where nothing was."""
        if self.kept_sources is None:
            return super().told_sources
        columns = {field.name: field for field in Source._meta.concrete_fields}
        rows = ({name: columns[name].to_python(value) for name, value in kept.items()} for kept in self.kept_sources)
        return [Source(**values) for values in rows]

    @property
    def fingerprint(self):
        """A value that changes with every change of the text or of its parts. Pages that show the text send it along.

        The moment in it was read together with the words, so that it is never newer than they are.
        """
        histories = (PublishedCase.history.filter(id=self.pk), CaseActor.history.filter(case_id=self.pk))
        latest = [rows.order_by("-history_id").values_list("history_id", flat=True).first() or 0 for rows in histories]
        return "-".join(map(str, [f"{self.updated_at:%Y%m%d%H%M%S%f}", *latest, *self._names_to_come()]))

    def _names_to_come(self):
        """What an approval would take over from other records, as a value that moves with it."""
        if self.state not in (PublicationState.DRAFT, PublicationState.AWAITING):
            return []
        actors = self.actors.select_related("organisation")
        rows = [self.country, self.type, self.sector, self.body, *(actor.organisation for actor in actors)]
        names = [(row.name_ko, row.name_en) for row in rows if row]
        names += self.sources.values_list("publisher", "title", "url")
        return [hashlib.sha256(repr(names).encode()).hexdigest()[:12]]

    def clean(self):
        """Keep months, not days."""
        for field in ("reported_month", "closed_month"):
            if value := getattr(self, field):
                setattr(self, field, value.replace(day=1))


class CasePartQuerySet(OfBodiesQuerySet):
    body_path = "case__body"

    def name_those_of(self, case, actions):
        """Name the organisations behind some actions, each with the kinds of what it did: no word of the actions.

        Small firms and experts are left out, as they may be the firm itself or a person.
        """
        kinds = {}
        for action in actions.exclude(organisation__kind__in=UNNAMED).select_related("organisation"):
            told = [] if action.kind == ActionKind.OTHER else [ActionKind(action.kind).label]
            kinds.setdefault(action.organisation, []).extend(told)
        for order, (organisation, told) in enumerate(kinds.items()):
            what = {f"what_{language}": _in_words(told, language) for language in ("ko", "en")}
            self.create(case=case, organisation=organisation, order=order, **what)


def _in_words(labels, language):
    with override(language):
        return ", ".join(dict.fromkeys(map(str, labels)))


class CaseActor(Record):
    """An organisation that acted on a published case, and what it did."""

    case = models.ForeignKey(PublishedCase, models.CASCADE, verbose_name=_("published case"), related_name="actors")
    organisation = models.ForeignKey(
        "Organisation", models.PROTECT, verbose_name=_("organisation"), related_name="acted_on"
    )
    what_ko, what_en = long_pair(_("what it did"), 1000, blank=False)
    outdated_english = OutdatedEnglish(_("English out of date"))
    name_ko, name_en = kept_pair(_("organisation"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    what = Bilingual()
    name = Kept("organisation.name")
    objects = CasePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("acting organisation")
        verbose_name_plural = _("acting organisations")
        ordering = ["case", "order", "pk"]
        indexes = [outdated_index("case_actor")]

    def __str__(self):
        return str(self.organisation)
