"""The four counters by body and period, each figure with the rows behind it, for what one member of staff may see."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from missions.fields.typed_days import DayField
from missions.fields.validators import validate_day
from missions.models import Body
from missions.statistics.counters import COUNTERS
from missions.statistics.periods import FIRST_YEAR, PARTS, Period

BETWEEN = "-"  # stands for the ministries' own meetings, where an address names a body
PER_PAGE = 100
DAY = {"type": "date"}


class PeriodForm(forms.Form):
    """For which days to count: a year or a part of it, or any two days."""

    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    part = forms.ChoiceField(label=gettext_lazy("Part of the year"), required=False)
    since = DayField(
        label=gettext_lazy("From"), required=False, validators=[validate_day], widget=forms.DateInput(DAY, "%Y-%m-%d")
    )
    until = DayField(
        label=pgettext_lazy("last day", "Until"),
        required=False,
        validators=[validate_day],
        widget=forms.DateInput(DAY, "%Y-%m-%d"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = range(timezone.localdate().year, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [("", _("the whole time")), *((str(year), str(year)) for year in years)]
        parts = [(key, label) for key, (label, _first, _last) in PARTS.items()]
        self.fields["part"].choices = [("", _("the whole year")), *parts]

    def clean(self):
        values = super().clean()
        since, until = values.get("since"), values.get("until")
        if since and until and since > until:
            self.add_error("until", _("The last day lies before the first. Change one of them."))
        if (since or until) and values.get("year"):
            self.add_error("year", _("Choose either a year or days from and until. Empty the other."))
        if values.get("part") and not values.get("year") and "year" not in self.errors:
            self.add_error("part", _("Choose the year of this part too."))
        return values

    def period(self):
        """The period chosen, of a valid form."""
        values = self.cleaned_data
        if values["year"]:
            return Period.of(int(values["year"]), values["part"])
        return Period(values["since"], values["until"])


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and the address of the list behind it."""

    label: str
    count: int
    link: str


def counters(request):
    """The table: bodies by counters, with sums."""
    shown = _open_to(request.user)
    form = PeriodForm(request.GET or {"year": str(timezone.localdate().year)})
    context = {"title": _("Counters"), "form": form, "counters": shown}
    if form.is_valid():
        period = form.period()
        context |= {"period": period, **_table(request.user, shown, period)}
        if may_announce(request.user) and not (period.since and period.since > timezone.localdate()):
            context["take_over"] = f"{reverse('admin:missions_reportedresult_add')}?{_query(period)}&counted=1"
    return _page(request, "admin/counters.html", context)


def counted(request, key):
    """The list behind a figure: exactly the rows counted."""
    counter = next((counter for counter in _open_to(request.user) if counter.key == key), None)
    try:
        period = Period.read(request.GET.get("since", ""), request.GET.get("until", ""))
    except ValueError:
        counter = None
    if counter is None:
        raise Http404
    rows, body = _of_body(counter, counter.visible_to(request.user, period), request)
    page = Paginator(counter.latest_first(rows), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "title": f"{counter.label}: {body}" if body else counter.label,
        "period": period,
        "page": page,
        "lines": [_line(counter, row) for row in page],
        "back": f"{reverse('admin:counters')}?{_query(period) if period else 'year='}",
        "query": urlencode({name: value for name, value in request.GET.items() if name != "p"}),
    }
    return _page(request, "admin/counted.html", context)


def may_announce(user):
    """Whether somebody may keep the figures of all bodies as an announced result."""
    return user.has_perms(["missions.view_every_body", "missions.add_reportedresult"])


def _open_to(user):
    """The counters whose rows the user may see. Raises ``PermissionDenied`` where there is none."""
    shown = [counter for counter in COUNTERS.values() if user.has_perm(counter.permission)]
    if not shown:
        raise PermissionDenied
    return shown


def _table(user, shown, period):
    counts = {counter.key: counter.by_body(counter.visible_to(user, period)) for counter in shown}
    bodies = list(Body.objects.visible_to(user))
    lines = [(body, _figures(shown, counts, period, body.pk, body.code)) for body in bodies]
    if any(None in found for found in counts.values()):
        lines.append((_("between the ministries"), _figures(shown, counts, period, None, BETWEEN)))
    sums = [Figure(counter.label, sum(counts[counter.key].values()), _link(counter, period, "")) for counter in shown]
    undated = 0
    if period and "meetings" in counts:
        undated = COUNTERS["meetings"].visible_to(user).filter(counted_on=None).count()
    return {"lines": lines, "sums": sums, "undated": undated}


def _figures(shown, counts, period, key, code):
    return [Figure(c.label, counts[c.key].get(key, 0), _link(c, period, code)) for c in shown]


def _link(counter, period, code):
    query = _query(period) + (f"&{urlencode({'body': code})}" if code else "")
    return f"{reverse('admin:counted', args=[counter.key])}?{query}"


def _query(period):
    return urlencode({"since": period.since or "", "until": period.until or ""})


def _of_body(counter, rows, request):
    """The rows of the body that the address names. Raises ``Http404`` for a body the user may not see."""
    code = request.GET.get("body", "")
    if code == BETWEEN and request.user.has_perm("missions.view_every_body"):
        return rows.filter(**{f"{counter.body}__isnull": True}), _("between the ministries")
    if not code:
        return rows, ""
    body = Body.objects.visible_to(request.user).filter(code=code).first()
    if body is None:
        raise Http404
    return rows.filter(**{counter.body: body}), body


def _line(counter, row):
    """A row as the list prints it: its day, its name, where it is, and its body."""
    body = getattr(row, counter.body)
    return {
        "day": getattr(row, "held", row.counted_on),
        "name": f"{row.difficulty or row.company} · {row}" if counter.key == "linkages" else str(row),
        "link": reverse(f"admin:missions_{row._meta.model_name}_change", args=[row.pk]),
        "body": body or _("between the ministries"),
    }


def _page(request, template, context):
    return TemplateResponse(request, template, admin.site.each_context(request) | context)
