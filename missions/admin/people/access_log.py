"""The access records of a month: who read whose contact, from where, and who looked that through."""

import datetime

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.models import AccessRecord, AccessReview, SignIn
from missions.personal_data import accesses

PER_PAGE = 100


class ReviewForm(forms.Form):
    """What was found when a month was looked through."""

    finding = forms.CharField(
        label=gettext_lazy("finding"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("What was found, and what follows from it. “Nothing unusual” is a finding too."),
    )


def access_log(request):
    """A month of access records, with a line for each person, and the form that says it was looked through.

    Raises ``PermissionDenied`` for everybody who does not look through them.
    """
    if not request.user.has_perm("missions.review_access"):
        raise PermissionDenied
    month = _month(request.GET.get("month", ""))
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accesses.review(month, by=request.user, finding=form.cleaned_data["finding"])
        except accesses.Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("The month is marked as looked through."))
            return redirect(f"{reverse('admin:accesses')}?month={month:%Y-%m}")
    records = AccessRecord.objects.visible_to(request.user).of_month(month).select_related("company", "company__body")
    context = {
        "title": _("Access records"),
        "month": month,
        "months": _months(month),
        "people": accesses.by_person(month),
        "sign_ins": SignIn.objects.visible_to(request.user).of_month(month).by_account()[:PER_PAGE],
        "page": Paginator(records, PER_PAGE).get_page(request.GET.get("p")),
        "review": AccessReview.objects.filter(month=month).select_related("by").first(),
        "has_ended": month < timezone.localdate().replace(day=1),
        "form": form,
    }
    return TemplateResponse(request, "admin/access_log.html", admin.site.each_context(request) | context)


def _month(text):
    """The first day of the month that an address names; of this month where it names none."""
    try:
        return datetime.date.fromisoformat(f"{text}-01")
    except ValueError:
        return timezone.localdate().replace(day=1)


def _months(chosen):
    """The first days of all months with records, of this one and of the chosen one, the latest first."""
    known = {moment.date() for moment in AccessRecord.objects.months()}
    return sorted(known | {chosen, timezone.localdate().replace(day=1)}, reverse=True)
