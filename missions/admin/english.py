"""The page of English that may be out of date: both texts of each pair, and a tick where the English still holds."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.models import AgendaItem, BodyStep, CaseActor, Commitment, Party
from missions.publication import english

MOST = 200  # rows on the page
WHOLES = {AgendaItem: "meeting", BodyStep: "body", CaseActor: "case", Commitment: "agreement", Party: "agreement"}


@dataclass(frozen=True)
class Outdated:
    """A pair to be renewed: where it is written, both its texts, and what its tick sends."""

    row: object
    pair: str

    @property
    def kind(self):
        """What the row is."""
        return capfirst(self.row._meta.verbose_name)

    @property
    def label(self):
        """Which of its texts."""
        return self.row._meta.get_field(f"{self.pair}_en").verbose_name

    @property
    def korean(self):
        """The Korean as it stands."""
        return getattr(self.row, f"{self.pair}_ko")

    @property
    def english(self):
        """The English that was written for another Korean."""
        return getattr(self.row, f"{self.pair}_en")

    @property
    def address(self):
        """The page on which it is written; for a part, that of its record."""
        whole = WHOLES.get(type(self.row))
        record = getattr(self.row, whole) if whole else self.row
        return reverse(f"admin:missions_{record._meta.model_name}_change", args=[record.pk])

    @property
    def value(self):
        """The pair, and its texts as they were shown."""
        told = [self.row._meta.model_name, self.pair, english.fingerprint(self.row, self.pair), self.row.pk]
        return ":".join(map(str, told))


def outdated(user, most=MOST):
    """The pairs that this person may renew."""
    return [Outdated(row, pair) for row in english.outdated(user, most) for pair in english.pairs(row)]


def english_page(request):
    """List the pairs, and settle those that were ticked. Raises ``PermissionDenied`` for whoever may write none."""
    if not any(request.user.has_perm(f"missions.change_{model._meta.model_name}") for model in english.tables()):
        raise PermissionDenied
    entries = outdated(request.user)
    if request.method == "POST":
        _settle(request, entries)
        return redirect("admin:english")
    context = {"title": _("English to be renewed"), "entries": entries, "most": MOST}
    return TemplateResponse(request, "admin/english.html", admin.site.each_context(request) | context)


def _settle(request, entries):
    """Settle the ticked pairs that stand as they were shown, and say how many did not."""
    ticked, shown = set(request.POST.getlist("holds")), {entry.value: entry for entry in entries}
    held = [
        english.still_holds(shown[value].row, shown[value].pair, seen=value.split(":")[2])
        for value in sorted(ticked & shown.keys())
    ]
    done, left = sum(held), len(ticked) - sum(held)
    if done:
        said = ngettext("%(count)d text is settled.", "%(count)d texts are settled.", done)
        messages.success(request, said % {"count": done})
    if left:
        said = _("A ticked text was changed or settled meanwhile. Look at what is left.")
        messages.warning(request, said)
