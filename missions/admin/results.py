"""Results as the ministries announced them: taken over from the counters or typed, and from then on standing still."""

import itertools
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from missions.admin.base import SOURCED, ReferenceAdmin
from missions.admin.counters import may_announce
from missions.admin.forms import RecordForm
from missions.fields.validators import is_key
from missions.models import PeriodReport, ReportedResult, User
from missions.statistics.counters import COUNTERS, running_on
from missions.statistics.periods import Period
from missions.statistics.reports import period_name

FIGURES = ["missions", "countries", *COUNTERS]
FIXED = ["as_of_on", "scope_ko", *FIGURES]


class ResultForm(RecordForm):
    """A result. What was announced keeps somebody who vouches for it."""

    def clean_sources(self):
        """Refuse to take away the last source: the result would not have been announced, and could be deleted."""
        sources = self.cleaned_data["sources"]
        if not sources and self.instance.pk and self.instance.sources.exists():
            raise forms.ValidationError(_("This was announced. Name the source that says so."))
        return sources


class CorrectionForm(ResultForm):
    """Announced figures, with the reason why they are corrected."""

    reason = forms.CharField(
        label=gettext_lazy("Reason of the correction"),
        max_length=100,
        help_text=gettext_lazy("For instance: misprint in the announcement. It is kept in the history."),
    )


class TakenOverForm(ResultForm):
    """The figures of a period, which is taken over once."""

    key = ""

    def clean(self):
        """Refuse a period that is there already."""
        if ReportedResult.objects.filter(key=self.key).exists():
            raise forms.ValidationError(
                _("These days were taken over before. Correct that result instead, with the reason why.")
            )
        return super().clean()


@admin.register(ReportedResult)
class ReportedResultAdmin(ReferenceAdmin):
    """What was announced. Its figures are written once; correcting them asks for a reason, and none is deleted."""

    form = ResultForm
    list_display = ["as_of_on", "scope_ko", "missions", "countries", "meetings", "difficulties", "information"]
    date_hierarchy = "as_of_on"
    search_fields = ["key", "scope_ko", "scope_en"]

    def get_fieldsets(self, request, obj=None):
        """The figures with what they mean, then the sources; the reason first where they are corrected."""
        counters = {
            "fields": [("missions", "countries"), ("meetings", "difficulties"), ("information", "linkages")],
            "description": ""
            if obj
            else _(
                "Public as soon as it is saved. From then on the figures stand still, whatever happens to the records. "
                "Without a source they are shown as a count of this site, and not among what was announced."
            ),
        }
        return [
            *([(None, {"fields": ["reason"]})] if _correcting(request, obj) else []),
            (None, {"fields": ["as_of_on", ("scope_ko", "scope_en"), *(["counted_at"] if obj else [])]}),
            (_("Counters as announced"), counters),
            (_("Sources"), {"fields": SOURCED}),
        ]

    def get_readonly_fields(self, request, obj=None):
        """What was announced stands still, unless somebody corrects it."""
        if obj is None:
            return super().get_readonly_fields(request, obj)
        return ["counted_at", *([] if _correcting(request, obj) else FIXED)]

    def has_delete_permission(self, request, obj=None):
        """What was announced stays: it can be corrected. A count of this portal may be taken away again."""
        announced = obj is not None and ReportedResult.objects.announced().filter(pk=obj.pk).exists()
        return not announced and super().has_delete_permission(request, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        taken = None if obj else _taken_over(request)
        if _correcting(request, obj):
            kwargs["form"] = CorrectionForm
        elif taken:
            kwargs["form"] = TakenOverForm
        form = super().get_form(request, obj, change=change, **kwargs)
        if taken:
            form.key = taken.key
        return form

    def beside_form(self, request, obj):
        """The correction, for those who may change the record."""
        may_correct = obj and self.has_change_permission(request, obj) and not _correcting(request, obj)
        return {"may_correct": may_correct}

    def get_changeform_initial_data(self, request):
        """The figures of a period, where the counters or a report sent somebody here with them."""
        taken = _taken_over(request)
        return taken.begun if taken else {}

    def save_model(self, request, obj, form, change):
        """Note that the figures are those of the records, where they are, and why they were corrected."""
        taken = None if change else _taken_over(request)
        if not change:
            obj.key = taken.key if taken else _free_key(f"announced-{obj.as_of_on}")
        if taken and all(getattr(obj, name) == taken.begun[name] for name in FIGURES):
            obj.counted_at, obj.counted_by = taken.at, taken.by
        if change and set(form.changed_data) & set(FIXED):
            obj.counted_at = obj.counted_by = None
        obj._change_reason = form.cleaned_data.get("reason")
        super().save_model(request, obj, form, change)


@dataclass(frozen=True)
class TakenOver:
    """What a result begins with: its key, what the form shows, and when and by whom that was counted."""

    key: str
    begun: dict
    at: datetime
    by: User


def _taken_over(request):
    """What the address says that a result is taken over from: a report, or the counters of a period; or None."""
    if not may_announce(request.user):
        return None
    if is_key(key := request.GET.get("report", "")):
        report = PeriodReport.objects.visible_to(request.user).filter(body=None, pk=key).first()
        return report and TakenOver(report.file_name, _of_report(report), report.issued_at, report.issued_by)
    period = _counted_period(request)
    return period if period is None else TakenOver(_key(period), announcement(period), timezone.now(), request.user)


def _of_report(report):
    """What the form of an announced result begins with: the figures of a report as it was issued."""
    words = {}
    for language in ("ko", "en"):
        with override(language):
            said = {"period": period_name(report.year, report.part), "edition": report.edition}
            words[f"scope_{language}"] = _("Report %(period)s, edition %(edition)d") % said
    figures = {name: report.figures["sums"].get(name) for name in FIGURES}
    return {"as_of_on": Period.of(report.year, report.part).until, **words, **figures}


def announcement(period):
    """What the form of an announced result begins with: a period’s figures up to today, their day and their words."""
    period = _until_today(period)
    words = {}
    for language in ("ko", "en"):
        with override(language):
            words[f"scope_{language}"] = _("Counted from this site’s records, %(period)s") % {"period": period}
    return {"as_of_on": period.until, **words, **_figures(period)}


def _key(period):
    """What the record of a period is known by."""
    period = _until_today(period)
    return f"counted-{period.since or 'start'}-{period.until}"


def _free_key(stem):
    """A key that no result has: the stem, or the stem with a number."""
    taken = set(ReportedResult.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for key in itertools.chain([stem], (f"{stem}-{n}" for n in itertools.count(2))) if key not in taken)


def _figures(period):
    """The sums of a period, and the bodies that ran at its end where the launch of each has a day."""
    period = _until_today(period)
    sums = {key: counter.within(period).count() for key, counter in COUNTERS.items()}
    running = running_on(period.until)
    if running["undated"]:
        return {"missions": None, "countries": None} | sums
    return {"missions": running["missions"], "countries": running["countries"]} | sums


def _until_today(period):
    today = timezone.localdate()
    return Period(period.since, min(period.until or today, today))


def _counted_period(request):
    """The period that the counters put into the address, or None."""
    if "counted" not in request.GET:
        return None
    try:
        return Period.read(request.GET.get("since", ""), request.GET.get("until", ""))
    except ValueError:
        return None


def _correcting(request, obj):
    return obj is not None and "correct" in request.GET
