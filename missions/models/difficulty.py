"""Export difficulties as firms report them. Staff only."""

from operator import itemgetter

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from missions.fields.dates import KOREA, today_in
from missions.fields.validators import is_hs_code, split_codes, validate_day, validate_hs_codes
from missions.models.base import Record
from missions.models.difficulty_queries import DifficultyQuerySet
from missions.models.difficulty_terms import OUTSIDE, Confirmation, Outcome, ReportSource, Stage, WaitingOn
from missions.models.vocabulary import HsChapter

URGENT_WITH_REASON = _("An urgent difficulty needs the reason why; another has none.")
VALUE_WITH_CURRENCY = _("Give the amount together with its currency.")


class Difficulty(Record):
    """An export difficulty a firm reported (수출애로). Staff only: the public reads ``PublishedCase``.

    Its holder is the body that must act now. Stage and holder change only through
    ``missions.difficulties.workflow``. While it is open it has a due day: somebody chose it, or it was counted in
    working days after ``counted_from``, which is None otherwise.
    """

    reference = models.CharField(_("reference"), max_length=16, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    account = models.TextField(
        _("what happened"), max_length=10_000, help_text=_("In the firm’s own words. Never public.")
    )
    steps_taken = models.TextField(_("steps the firm already took"), max_length=5000, blank=True)
    report_source = models.CharField(_("reported by"), max_length=14, choices=ReportSource, default=ReportSource.FIRM)
    company = models.ForeignKey(
        "Company",
        models.PROTECT,
        verbose_name=_("company"),
        null=True,
        blank=True,
        related_name="difficulties",
    )
    reported_on = models.DateField(_("reported on"), validators=[validate_day], default=timezone.localdate)
    became_aware_on = models.DateField(_("firm became aware on"), validators=[validate_day], null=True, blank=True)
    filed_by = models.ForeignKey("User", models.PROTECT, verbose_name=_("filed by"), related_name="+", editable=False)
    filed_through = models.ForeignKey(
        "Body", models.PROTECT, verbose_name=_("filed through"), related_name="filed_difficulties"
    )
    country = models.ForeignKey("Country", models.PROTECT, verbose_name=_("country"), related_name="+")
    place = models.CharField(_("place"), max_length=100, blank=True)
    type = models.ForeignKey("DifficultyType", models.PROTECT, verbose_name=_("type"), related_name="+")
    ntm_chapter = models.ForeignKey(
        "NtmChapter",
        models.PROTECT,
        verbose_name=_("UNCTAD MAST chapter (2019)"),
        null=True,
        blank=True,
        related_name="+",
    )
    hs_codes = models.CharField(
        _("HS codes (HS 2022)"),
        max_length=200,
        blank=True,
        validators=[validate_hs_codes],
        help_text=_("2 to 10 digits each, separated by commas."),
    )
    sector = models.ForeignKey(
        "Sector", models.PROTECT, verbose_name=_("sector"), null=True, blank=True, related_name="+"
    )
    is_urgent = models.BooleanField(_("urgent"), default=False)
    urgent_reason = models.CharField(_("why urgent"), max_length=300, blank=True)
    hurts_on = models.DateField(
        _("deadline that hurts the firm"),
        validators=[validate_day],
        null=True,
        blank=True,
        help_text=_("Shipment, expiry of a permit, …"),
    )
    hurts_how = models.CharField(_("what happens then"), max_length=200, blank=True)
    value_amount = models.DecimalField(
        _("value at stake"),
        max_digits=15,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    value_currency = models.CharField(
        _("currency"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Write a currency code such as USD."))],
    )
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.RECEIVED, editable=False)
    waiting_on = models.CharField(
        _("waiting on"), max_length=16, choices=WaitingOn, default=WaitingOn.NOBODY, editable=False
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True, editable=False)
    outcome_reason = models.TextField(_("reason of the outcome"), max_length=2000, blank=True)
    referred_to = models.ForeignKey(
        "Organisation", models.PROTECT, verbose_name=_("referred to"), null=True, blank=True, related_name="+"
    )
    duplicate_of = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("duplicate of"),
        null=True,
        blank=True,
        related_name="duplicates",
    )
    confirmation = models.CharField(
        _("company’s confirmation"),
        max_length=10,
        choices=Confirmation,
        default=Confirmation.NOT_ASKED,
        editable=False,
    )
    holder = models.ForeignKey(
        "Body", models.PROTECT, verbose_name=_("holder"), related_name="held_difficulties", editable=False
    )
    owner = models.ForeignKey(
        "User",
        models.PROTECT,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        related_name="owned_difficulties",
        editable=False,
    )
    due_on = models.DateField(
        _("due on"),
        validators=[validate_day],
        null=True,
        blank=True,
        help_text=_("Left empty, it is counted in working days of the body that holds the difficulty."),
    )
    counted_from = models.DateField(_("due day counted from"), null=True, blank=True, editable=False)
    solution = models.TextField(_("solution"), max_length=10_000, blank=True)
    lesson = models.TextField(_("lesson"), max_length=5000, blank=True)
    case_reference = models.CharField(_("case reference"), max_length=60, blank=True, editable=False)
    similar = models.ManyToManyField("self", verbose_name=_("similar difficulties"), blank=True)

    objects = DifficultyQuerySet.as_manager()

    class Meta:
        verbose_name = _("difficulty")
        verbose_name_plural = _("difficulties")
        ordering = ["-reported_on", "-pk"]
        permissions = [
            ("handle_difficulty", _("Can take steps with difficulties of their body")),
            ("oversee_difficulty", _("Can reopen and reassign the difficulties of any body")),
        ]
        indexes = [
            models.Index(fields=["-reported_on", "-id"], name="difficulty_newest"),
            models.Index(
                fields=["-reported_on", "-id"], name="difficulty_newest_open", condition=~Q(stage=Stage.CLOSED)
            ),
            models.Index(fields=["holder", "-reported_on", "-id"], name="difficulty_newest_of_holder"),
            models.Index(  # whose turn and until when: for the front page the open ones are read here alone
                fields=["holder", "due_on"],
                include=["id", "is_urgent", "stage", "waiting_on", "owner", "filed_through"],
                name="difficulty_open_of_holder",
                condition=~Q(stage=Stage.CLOSED),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case_reference"], condition=~Q(case_reference=""), name="difficulty_one_case_each"
            ),
            models.CheckConstraint(name="difficulty_stage_known", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(
                name="difficulty_outcome_when_closed",
                condition=Q(stage=Stage.CLOSED) & ~Q(outcome="") | ~Q(stage=Stage.CLOSED) & Q(outcome=""),
                violation_error_message=_("A closed difficulty needs an outcome, an open one has none."),
            ),
            models.CheckConstraint(
                name="difficulty_day_while_open",
                condition=Q(stage=Stage.CLOSED, due_on=None, counted_from=None)
                | ~Q(stage=Stage.CLOSED) & Q(due_on__isnull=False),
                violation_error_message=_("An open difficulty has a due day, a closed one has none."),
            ),
            models.CheckConstraint(
                name="difficulty_referred_to_someone",
                condition=~Q(outcome=Outcome.REFERRED) | Q(referred_to__isnull=False),
                violation_error_message=_("Say to whom the firm was referred."),
            ),
            models.CheckConstraint(
                name="difficulty_duplicate_of_another",
                condition=(~Q(outcome=Outcome.DUPLICATE) | Q(duplicate_of__isnull=False))
                & (Q(duplicate_of=None) | ~Q(duplicate_of=F("id"))),
                violation_error_message=_("Name the difficulty that this one repeats."),
            ),
            models.CheckConstraint(
                name="difficulty_urgent_with_reason",
                condition=Q(is_urgent=True) & ~Q(urgent_reason="") | Q(is_urgent=False, urgent_reason=""),
                violation_error_message=URGENT_WITH_REASON,
            ),
            models.CheckConstraint(
                name="difficulty_value_with_currency",
                condition=Q(value_amount=None, value_currency="")
                | Q(value_amount__isnull=False, value_amount__gte=0) & ~Q(value_currency=""),
                violation_error_message=VALUE_WITH_CURRENCY,
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}"

    @property
    def time_zone(self):
        """IANA name of the zone by whose days it is handled: its holder's; before it is filed, that of its body."""
        body = self.holder if self.holder_id else self.filed_through if self.filed_through_id else None
        return body.time_zone if body else KOREA

    def waits_on(self, legs, name=str):
        """Who must act next, in words; an empty text if the holder must. ``legs`` are open, ``name`` names a body."""
        others = [name(leg.receiver) for leg in legs if leg.needs_answer]
        others += [] if self.waiting_on == WaitingOn.NOBODY else [self.get_waiting_on_display()]
        return ", ".join(others)

    @property
    def is_outside(self):
        """Whether it waits for somebody whom the portal tells nothing: the holder asks them, and asks again."""
        return self.waiting_on in OUTSIDE

    def until(self, legs):
        """The earliest of its own due day and those of its open legs; None once it is closed."""
        return self.next_due(legs)[0]

    def next_due(self, legs):
        """The same day, the body where it ends, and who must act by then, in short: empty for the holder.

        A leg for information asks only to be acknowledged: the difficulty does not wait for it. While a form is shown
        again the row has what was typed, which may be no due day.
        """
        if self.stage == Stage.CLOSED:
            return None, self.holder, ""
        own = self.get_waiting_on_display() if self.waiting_on == WaitingOn.MINISTRY else ""
        asked = [(leg.due_on, leg.receiver, leg.receiver.code) for leg in legs if leg.needs_answer]
        days = [found for found in (*asked, (self.due_on, self.holder, own)) if found[0]]
        return min(days, key=itemgetter(0), default=(None, self.holder, ""))

    def clean_fields(self, exclude=None):
        """Keep the currency in capitals, as its code is written."""
        self.value_currency = self.value_currency.upper()
        super().clean_fields(exclude=exclude)

    def clean(self):
        """Refuse what does not fit together, at the field where it is mended."""
        wrong = {}
        if unknown := self._unknown_chapters():
            wrong["hs_codes"] = _("There is no HS chapter %(chapter)s.") % {"chapter": ", ".join(sorted(unknown))}
        there = self.filed_through.time_zone if self.filed_through_id else KOREA
        if self.reported_on and self.reported_on > today_in(there):
            wrong["reported_on"] = _("A difficulty cannot be reported in the future.")
        if self.became_aware_on and self.reported_on and self.became_aware_on > self.reported_on:
            wrong["became_aware_on"] = _("The firm cannot have noticed it after reporting it.")
        if self.is_urgent != bool(self.urgent_reason):
            wrong["urgent_reason"] = URGENT_WITH_REASON
        if (self.value_amount is None) != (not self.value_currency):
            wrong["value_amount" if self.value_amount is None else "value_currency"] = VALUE_WITH_CURRENCY
        if wrong:
            raise ValidationError(wrong)

    def _unknown_chapters(self):
        chapters = {code[:2] for code in split_codes(self.hs_codes) if is_hs_code(code)}
        return chapters - set(HsChapter.objects.filter(pk__in=chapters).values_list("pk", flat=True))
