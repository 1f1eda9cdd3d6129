"""Reports of a month, a quarter or a year: drafted, issued, corrected; as page, workbook and HWPX."""

import datetime
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.admin.counters import may_announce
from missions.admin.difficulty.step_form import long_text
from missions.admin.forms import WithoutPersonalNumbers
from missions.documents import hwpx_files, parts, workbooks
from missions.files.downloads import saved_as
from missions.models import Body, Language, PeriodReport
from missions.statistics import issuing
from missions.statistics.counters import COUNTERS
from missions.statistics.periods import FIRST_YEAR, PARTS
from missions.statistics.reports import period_name

HALVES = ("h1", "h2")
PER_PAGE = 50
FILES = {"xlsx": workbooks, "hwpx": hwpx_files}


class ReportForm(forms.Form):
    """Whose report, and of which month, quarter or year. Without a body it is of the whole programme."""

    body = forms.ModelChoiceField(Body.objects.none(), label=gettext_lazy("Body"), required=False)
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)
    part = forms.ChoiceField(label=gettext_lazy("Month or quarter"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        body, oversees = self.fields["body"], user.has_perm("missions.view_every_body")
        body.queryset = Body.objects.visible_to(user)
        body.required, body.empty_label = not oversees, _("the whole programme") if oversees else None
        years = range(timezone.localdate().year, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [(str(year), str(year)) for year in years]
        named = [(key, label) for key, (label, _first, _last) in PARTS.items() if key not in HALVES]
        self.fields["part"].choices = [("", _("the whole year")), *named]


class IssueForm(WithoutPersonalNumbers, forms.Form):
    """What a further edition corrects."""

    reason = long_text(gettext_lazy("What this edition corrects"), rows=3, longest=2000, required=False)


def reports_page(request):
    """The reports that were issued, and the choice of a further one."""
    issued = _visible(request.user).select_related("body__mission", "issued_by").defer("pages")
    page = Paginator(issued, PER_PAGE).get_page(request.GET.get("p"))
    last = (timezone.localdate().replace(day=1) - datetime.timedelta(days=1)).replace(day=1)
    begun = {"year": last.year, "part": f"m{last.month:02}"}
    context = {
        "title": _("Reports"),
        "form": ReportForm(user=request.user, initial=begun),
        "page": page,
        "lines": [(report, period_name(report.year, report.part)) for report in page],
    }
    return _page(request, "admin/reports.html", context)


def draft_page(request):
    """A report as it would be issued, and its issue by POST."""
    _visible(request.user)
    form = ReportForm(request.GET, user=request.user)
    if not form.is_valid():
        return _page(request, "admin/reports.html", {"title": _("Reports"), "form": form, "lines": []})
    body, year, part = (form.cleaned_data[name] for name in ("body", "year", "part"))
    editions = list(issuing.editions(body, year, part).select_related("body__mission", "issued_by"))
    may_issue = issuing.may_issue(request.user, body)
    asked = IssueForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not may_issue:
            raise PermissionDenied
        if asked.is_valid() and (report := _issued(request, asked, (body, year, part))):
            messages.success(request, _("The report was issued. From now on it stands as it is."))
            return redirect("admin:report", report.pk)
    context = {
        "document": issuing.draft(request.user, body, year, part),
        "editions": editions,
        "latest": editions[0].edition if editions else 0,
        "may_issue": may_issue,
        "form": asked,
    }
    return _page(request, "admin/report.html", context | {"title": context["document"].title})


def _issued(request, form, what):
    """The report that was issued; None where that was refused, which the form then says."""
    seen = request.POST.get("seen", "")
    try:
        return issuing.issue(
            *what, by=request.user, seen=int(seen) if seen.isdecimal() else None, reason=form.cleaned_data["reason"]
        )
    except issuing.IssueRefused as refused:
        form.add_error(None if not hasattr(refused, "error_dict") else "reason", refused.messages)
        return None


def report_page(request, pk):
    """A report as it was issued, or as a file."""
    report = _visible(request.user).select_related("body").filter(pk=pk).first()
    if report is None:
        raise Http404
    language = request.GET.get("language", translation.get_language())
    if language not in Language.values:
        raise Http404
    document, wanted = parts.read(report.pages[language]), request.GET.get("format", "")
    if wanted in FILES:
        with translation.override(language):
            edition = _("Edition %(edition)s") % {"edition": report.edition}
        name = f"{document.title.replace(':', '')} {edition}.{wanted}"
        headers = {"Content-Disposition": saved_as(name, f"{report.file_name}-{language}.{wanted}")}
        return HttpResponse(FILES[wanted].write(document), FILES[wanted].TYPE, headers=headers)
    if wanted:
        raise Http404
    editions = issuing.editions(report.body, report.year, report.part).select_related("issued_by").defer("pages")
    again = {"body": report.body_id or "", "year": report.year, "part": report.part}
    context = {
        "title": document.title,
        "document": document,
        "report": report,
        "language": language,
        "languages": Language.choices,
        "editions": [other for other in editions if other.pk != report.pk],
        "replaced_by": next((other for other in editions if other.edition == report.edition + 1), None),
        "correct": issuing.may_issue(request.user, report.body)
        and f"{reverse('admin:report_draft')}?{urlencode(again)}",
    }
    if report.body is None and may_announce(request.user):
        context["take_over"] = f"{reverse('admin:missions_reportedresult_add')}?report={report.pk}"
    return _page(request, "admin/report.html", context)


def _visible(user):
    """The reports that a person may read. Raises ``PermissionDenied`` where they may not see what is counted."""
    asked = ["missions.view_periodreport", *(counter.permission for counter in COUNTERS.values())]
    if not user.has_perms(asked):
        raise PermissionDenied
    return PeriodReport.objects.visible_to(user)


def _page(request, template, context):
    return TemplateResponse(request, template, admin.site.each_context(request) | context)
