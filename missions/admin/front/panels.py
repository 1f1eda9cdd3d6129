"""What the panels of the front page are made of."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.admin.difficulty.questions import CappedPaginator
from missions.fields.dates import today_in

SHOWN = 8
FIRST = 6  # panels that are shown with their rows


@dataclass(frozen=True)
class Panel:
    """A short list with the question it answers, and where the whole list is.

    ``empty`` is what it says without rows; where it says nothing, it is shown only with rows.
    """

    title: str
    rows: list
    empty: str
    link: str
    more: str = ""

    @property
    def count(self):
        """How many there are, in words."""
        return self.more or str(len(self.rows))


def arranged(panels):
    """Panels for a page that stays calm: the first with rows, further ones with rows, and those that have none."""
    full = [panel for panel in panels if panel.rows]
    return {
        "first_panels": full[:FIRST],
        "further_panels": full[FIRST:],
        "empty_panels": [panel for panel in panels if not panel.rows],
    }


def change_page(record):
    """The address of a record's page."""
    return reverse(f"admin:missions_{record._meta.model_name}_change", args=[record.pk])


def panel(title, records, text, empty, link, *, row=lambda record: record, name=str):
    """The first rows of a list: ``text`` is said of each, ``row`` gives the record its line leads to.

    Which they are is found among keys alone: there may be thousands to sort, and whole rows are long.
    """
    first = list(records.values_list("pk", flat=True)[: SHOWN + 1])
    found = list(records.filter(pk__in=first)) if first else []
    rows = [(change_page(row(record)), name(record), text(record)) for record in found[:SHOWN]]
    return Panel(title, rows, empty, link, str(CappedPaginator(records, SHOWN).count) if len(found) > SHOWN else "")


def question_address(question, model="difficulty"):
    """The address of the list that answers a question."""
    return reverse(f"admin:missions_{model}_changelist") + f"?ask={question}"


def due(day, zone, whose=""):
    """A due day in words, marked where it has passed in a time zone, as a list of one; empty where there is no day."""
    if day is None:
        return []
    today = today_in(zone)
    words = f"{whose}{_('until %(day)s') % {'day': date_format(day, 'DATE_FORMAT')}}"
    if day >= today:
        return [words]
    days = (today - day).days
    late = ngettext("%(count)d day late", "%(count)d days late", days) % {"count": days}
    return [format_html('{} <span class="late">{}</span>', words, late)]


def remark(is_urgent, *parts):
    """What a line of a panel says beside the name: the parts that are not empty, behind a mark where it is urgent."""
    badge = format_html('<span class="urgent">{}</span> ', _("urgent")) if is_urgent else ""
    return format_html("{}{}", badge, format_html_join(" · ", "{}", ((part,) for part in parts if part)))
