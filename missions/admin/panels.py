"""What the panels of the front page are made of."""

from dataclasses import dataclass

from django.urls import reverse

from missions.admin.questions import CappedPaginator

SHOWN = 8


@dataclass(frozen=True)
class Panel:
    """A short list with the question it answers, and where the whole list is."""

    title: str
    rows: list
    empty: str
    link: str
    more: str = ""


def change_page(record):
    """The address of a record's page."""
    return reverse(f"admin:missions_{record._meta.model_name}_change", args=[record.pk])


def panel(title, records, text, empty, link, *, row=lambda record: record, name=str):
    """The first rows of a list: ``text`` is said of each, ``row`` gives the record its line leads to."""
    found = list(records[: SHOWN + 1])
    rows = [(change_page(row(record)), name(record), text(record)) for record in found[:SHOWN]]
    return Panel(title, rows, empty, link, str(CappedPaginator(records, SHOWN).count) if len(found) > SHOWN else "")


def listed(question, model="difficulty"):
    """The address of the list that answers a question."""
    return reverse(f"admin:missions_{model}_changelist") + f"?ask={question}"
