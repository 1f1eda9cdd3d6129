"""The page that takes over the official list of missions: a file, what it would change, done."""

import base64
import binascii

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.admin.holidays import move_clocks
from missions.fields.typed_days import DayField
from missions.loading.official_import import Refused, take_over
from missions.loading.official_list import LARGEST, Unreadable, day_of
from missions.loading.official_plan import plan
from missions.models import Body, Country, Mission

PERMISSIONS = ["missions.add_mission", "missions.change_mission", "missions.view_every_body"]


class ListForm(forms.Form):
    """The file and the day of its edition, which the name of the file mostly ends on."""

    file = forms.FileField(
        label=gettext_lazy("file"),
        help_text=gettext_lazy("CSV of open data 15076569, as downloaded; its letters may be UTF-8 or CP949."),
        widget=forms.ClearableFileInput({"accept": ".csv,text/csv"}),
    )
    dated = DayField(
        label=gettext_lazy("day of the edition"),
        required=False,
        help_text=gettext_lazy("As the data portal states it. Leave it empty where the name of the file has the day."),
    )

    def clean_file(self):
        """Refuse a file too large to be the list, before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 1 MB: it is not the list of missions."))
        return file

    def clean(self):
        """Find the day, and what the list would change."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        self.dated = cleaned["dated"] or day_of(cleaned["file"].name)
        if self.dated is None:
            self.add_error("dated", _("The name of the file does not say its day. Write the day of the edition."))
            return cleaned
        self.content = cleaned["file"].read()
        try:
            self.plan = plan(self.content, self.dated)
        except Unreadable as unreadable:
            self.add_error("file", str(unreadable))
        return cleaned


def may_import(user):
    """Whether somebody may take over the list: staff of the ministries, who enter missions of every body."""
    return user.has_perms(PERMISSIONS)


def import_page(request, model_admin):
    """Ask for the list, show what it would change, and do exactly that. Raises ``PermissionDenied``.

    Between the two the list travels with the page, signed for the one who sent it: nothing is stored, and two people
    may be at it at once. Whoever agrees second is shown what is left to do.
    """
    if not may_import(request.user):
        raise PermissionDenied
    form, seen, held = ListForm(), None, ""
    if request.method == "POST" and "held" in request.POST:
        content, dated = _held(request)
        if content is not None:
            try:
                return _done(request, content, dated)
            except Refused as refused:
                messages.error(request, str(refused))
                seen, held = plan(content, dated), request.POST["held"]
    elif request.method == "POST":
        form = ListForm(request.POST, request.FILES)
        if form.is_valid():
            seen, held = form.plan, _hold(request, form.content, form.dated)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Take over the official list of missions"),
        "opts": model_admin.opts,
        "form": form,
        "plan": seen,
        "sections": _sections(seen) if seen else [],
        "held": held,
    }
    return render(request, "admin/missions/mission/import.html", context)


def _sections(seen):
    """The tables of the preview: what is new, what changes, and what staff wrote otherwise than the list."""
    countries = {country.pk: str(country) for country in Country.objects.all()}

    def table(title, lines, differences, is_kept=False):
        told = [(line, [_told(each, countries) for each in differences(line)]) for line in lines]
        return {"title": title, "lines": told, "is_kept": is_kept}

    return [
        table(_("New missions"), seen.of("new"), lambda line: line.changes),
        table(_("Changed fields"), seen.of("changed"), lambda line: line.changes),
        table(_("Kept as staff wrote it"), seen.keeping, lambda line: line.kept, is_kept=True),
    ]


def _told(difference, countries):
    """A column, what it says and what the list says, in the words of the desk."""
    column = Mission._meta.get_field(difference.column)
    words = countries if column.is_relation else dict(column.flatchoices)
    keys = str.split if column.many_to_many else lambda cell: [cell]
    told = [", ".join(str(words.get(key, key)) for key in keys(cell)) for cell in (difference.old, difference.new)]
    return column.verbose_name, *told


@transaction.atomic
def _done(request, content, dated):
    done, moved = take_over(content, dated, request.POST.get("seen", ""))
    if moved:
        move_clocks(request, Body.objects.filter(mission__in=moved))
    counts = done.counts
    said = _("The list was taken over: %(new)d new, %(changed)d changed, %(same)d unchanged.")
    messages.success(request, said % {name: counts[name] for name in ("new", "changed", "same")})
    return redirect("admin:missions_mission_changelist")


def _salt(request):
    return f"missions.import.{request.user.pk}"


def _hold(request, content, dated):
    told = [base64.b64encode(content).decode(), dated.isoformat()]
    return signing.dumps(told, salt=_salt(request), compress=True)


def _held(request):
    """The list that was looked at. Where the page is too old or of another person, nothing, and it is said."""
    try:
        told, dated = signing.loads(request.POST["held"], salt=_salt(request), max_age=12 * 3600)
        return base64.b64decode(told), DayField().clean(dated)
    except (signing.BadSignature, binascii.Error, ValueError):
        messages.error(request, _("What you looked at is no longer at hand. Choose the file again."))
        return None, None
