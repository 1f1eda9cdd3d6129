"""Difficulties that others solved, before the programme and beside it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from missions.fields.addresses import page_of
from missions.fields.bilingual import Bilingual, long_pair, short_pair
from missions.fields.dates import DATE_WITH_PRECISION, CoarsePrecision, PreciseDate
from missions.fields.stamps import PublicStamp
from missions.fields.validators import validate_day
from missions.models.action import ActionKind
from missions.models.base import ReferenceQuerySet, telling_sources
from missions.models.source import Reported, Sourced
from missions.models.vocabulary import Country


class EarlierOutcome(models.TextChoices):
    """How it ended, as far as its source tells."""

    RESOLVED = "resolved", _("resolved in full")
    IN_PART = "part", _("resolved in part")
    WORKAROUND = "workaround", _("work-around found")
    ADVICE = "advice", _("advice given")
    PREVENTED = "prevented", _("loss prevented")
    PENDING = "pending", _("open when it was told")
    UNKNOWN = "unknown", _("not told")


class FirmSize(models.TextChoices):
    """How large the firms were, as far as a source tells."""

    SMALL = "sme", _("small or mid-sized firm")
    LARGE = "large", _("large firm")
    MIXED = "mixed", _("several firms")
    UNKNOWN = "unknown", _("not told")


def validate_acts(value):
    """Check that a text holds kinds of action by their codes, apart by spaces."""
    if unknown := [code for code in value.split() if code not in ActionKind.values]:
        raise ValidationError(_("There is no kind of action “%(code)s”."), params={"code": unknown[0]})


class EarlierCaseQuerySet(ReferenceQuerySet):
    def published(self):
        """Cases the public may read: those of which more than a title is known. Public pages start here."""
        return self.filter(title_only=False)

    def of_country(self, *countries):
        """Cases of some countries, each once, those that touch them in passing as well."""
        return self._of(countries)

    def in_country(self, country):
        """Published cases of one country, for a question in another query whether there are any."""
        return self.published().order_by().filter(country=country)

    def of_mission(self, mission):
        """Cases of the country of a mission and of those that it covers."""
        served = Country.objects.filter(Q(pk=mission.country_id) | Q(covering_missions=mission))
        return self._of(served.order_by().values("pk"))

    def _of(self, countries):
        named = self.model.countries_also.through.objects.filter(country__in=countries).values("earliercase")
        return self.filter(Q(country__in=countries) | Q(pk__in=named))

    def with_names(self):
        """Fetch the names that a list prints beside each case."""
        return telling_sources(self.select_related("country", "type"))


class EarlierCase(Sourced):
    """A difficulty that missions, customs attachés and others solved, as public sources tell (선행 사례).

    It is none of the programme's own: nothing counts it, and every page that shows one says so.
    """

    key = models.SlugField(_("key"), unique=True)
    country = models.ForeignKey(
        "Country",
        models.PROTECT,
        verbose_name=_("country"),
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Leave empty only where it concerns the European Union as a whole."),
    )
    countries_also = models.ManyToManyField(
        "Country", verbose_name=_("further countries"), blank=True, related_name="+"
    )
    type = models.ForeignKey("DifficultyType", models.PROTECT, verbose_name=_("type"), related_name="+")
    sector_ko, sector_en = short_pair(_("sector"), 100, blank=True)
    dated_on = models.DateField(
        _("when"),
        null=True,
        blank=True,
        validators=[validate_day],
        help_text=_("The first day of the month or year that a source gives; empty where none does."),
    )
    dated_precision = models.CharField(
        _("when: precision"), max_length=7, choices=CoarsePrecision, default=CoarsePrecision.UNKNOWN
    )
    dated_note_ko, dated_note_en = short_pair(_("remark on when"), blank=True)
    happened_ko, happened_en = long_pair(_("what happened"), 1000, blank=False)
    done_ko, done_en = long_pair(_("what was done"), 2000)
    by_whom_ko, by_whom_en = short_pair(_("by whom, as the source names them"), 300, blank=True)
    acts = models.CharField(_("kinds of action"), max_length=120, blank=True, validators=[validate_acts])
    outcome = models.CharField(_("outcome"), max_length=10, choices=EarlierOutcome, default=EarlierOutcome.UNKNOWN)
    ending_ko, ending_en = long_pair(_("how it ended"), 1000)
    lesson_ko, lesson_en = long_pair(_("what to learn"), 1000)
    firm_size = models.CharField(_("size of the firm"), max_length=7, choices=FirmSize, default=FirmSize.UNKNOWN)
    firm_name = models.CharField(
        _("firm"),
        max_length=100,
        blank=True,
        help_text=_("Only where the source names it for its own success."),
    )
    certainty = models.CharField(_("certainty"), max_length=10, choices=Reported, default=Reported.UNVERIFIED)
    title_only = models.BooleanField(
        _("only its title is known"),
        default=False,
        help_text=_("The public does not see it. Untick this once its text is found and entered."),
    )
    reworded_at = PublicStamp(_("public words last changed"))

    sector = Bilingual()
    dated = PreciseDate()
    dated_note = Bilingual()
    happened = Bilingual()
    done = Bilingual()
    by_whom = Bilingual()
    ending = Bilingual()
    lesson = Bilingual()
    objects = EarlierCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier case")
        verbose_name_plural = _("earlier cases")
        ordering = [F("dated_on").desc(nulls_last=True), "key"]
        constraints = [
            models.CheckConstraint(
                name="earlier_case_date_with_precision",
                condition=Q(dated_on=None, dated_precision=CoarsePrecision.UNKNOWN)
                | Q(dated_on__isnull=False, dated_precision__in=[CoarsePrecision.MONTH, CoarsePrecision.YEAR]),
                violation_error_message=DATE_WITH_PRECISION,
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return page_of("earlier_case", self.key)

    @property
    def title(self):
        """What a list calls it: sources give no title of their own."""
        return self.happened

    @property
    def place(self):
        """The country, or the European Union as a whole."""
        return self.country.name if self.country_id else _("European Union as a whole")

    @property
    def told_acts(self):
        """The kinds of action in words; what is only “other” says nothing and is left out."""
        return [ActionKind(code).label for code in self.acts.split() if code != ActionKind.OTHER]

    def clean(self):
        """Keep of a day what its precision tells."""
        if self.dated_on:
            whole = {"day": 1} | ({"month": 1} if self.dated_precision == CoarsePrecision.YEAR else {})
            self.dated_on = self.dated_on.replace(**whole)
