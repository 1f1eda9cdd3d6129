"""The staff's search: which words of which records are indexed, how that is kept current, and how it is asked.

Whoever writes a record calls ``keep`` afterwards, which keeps the public search as well. Whom a search may show
what is for the queryset it is given: ``find`` only narrows one that is scoped already.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Value, When

from missions.models import (
    AgendaItem,
    Body,
    Company,
    Difficulty,
    LocalInformation,
    Meeting,
    Mission,
    Organisation,
    PublishedCase,
    SearchEntry,
)
from missions.search import index
from missions.search.tokens import terms, tokens

TITLE = "t"  # marks a token as one of the title; no token begins with it by itself
BATCH = 500


@dataclass(frozen=True)
class Words:
    """Which texts of a record are its title and which come after, and the related rows they are taken from."""

    title: Callable
    text: Callable
    related: Iterable = ()


def _both(*names):
    """A function: the texts of a record in columns of two languages."""
    return lambda record: [getattr(record, f"{name}_{language}") for language in ("ko", "en") for name in names]


def _of_difficulty(record):
    firm = record.company
    named = [firm.name_ko, firm.name_en, firm.registration_number, firm.written_number] if firm else []
    return [record.account, record.steps_taken, record.solution, record.lesson, record.place, *named]


def _of_meeting(record):
    topics = [topic for item in record.agenda.all() for topic in (item.topic_ko, item.topic_en)]
    return [*_both("venue", "summary")(record), *topics]


INDEXED = {
    Difficulty: Words(lambda record: [record.reference, record.title], _of_difficulty, ["company"]),
    PublishedCase: Words(
        lambda record: [record.reference, *_both("title")(record)], _both("happened", "done", "lesson")
    ),
    LocalInformation: Words(_both("title"), _both("text")),
    Meeting: Words(
        lambda record: [*_both("label")(record), *(_name_of_body(record.body) if record.body else [])],
        _of_meeting,
        ["body", "agenda"],
    ),
    Body: Words(
        lambda record: _name_of_body(record),
        lambda record: [
            *_both("former_name", "purpose")(record),
            *(_both("name", "city")(record.mission) if record.mission else []),
        ],
        ["mission"],
    ),
    Mission: Words(lambda record: [record.slug, *_both("name", "city")(record)], _both("address")),
    Organisation: Words(lambda record: [record.slug, *_both("name")(record)], lambda record: []),
}
# Records whose words stand in the entries of others: of which, and by what relation these are found.
CARRIED = {
    Company: (Difficulty, "company"),
    Mission: (Body, "mission"),
    Body: (Meeting, "body"),
    AgendaItem: (Meeting, "agenda"),
}


def _name_of_body(body):
    return [body.code, *_both("name")(body)]


def find(queryset, text, *, ranked=True):
    """Rows of a queryset that hold every word of a text: those with all in their title first, then as the model orders.

    Blank text leaves the queryset as it is; text without a letter or digit finds nothing. Without ``ranked`` the
    order stays the queryset's own.
    """
    if not text.strip():
        return queryset
    wanted = terms(text)
    if not wanted:
        return queryset.none()
    found = queryset.filter(pk__in=records_with(queryset.model, every=wanted))
    if not ranked:
        return found
    titled = records_with(queryset.model, every=[TITLE + term for term in wanted])
    return found.order_by(Case(When(pk__in=titled, then=Value(0)), default=Value(1)), *queryset.model._meta.ordering)


def records_with(model, **lookup):
    """Keys of a model's records that hold terms: ``every=`` or ``any=``. To be used inside another query."""
    held = {f"tokens__{name}": tuple(wanted) for name, wanted in lookup.items()}
    return SearchEntry.objects.filter(kind=model._meta.model_name, **held).values("record")


def keep(*records):
    """Bring the index up to date with records just written, and with others that carry their words.

    Records of models that are not indexed may be among them.
    """
    due = defaultdict(set)
    for record in records:
        model = type(record)
        if model in INDEXED:
            due[model].add(record.pk)
        if model in CARRIED:
            carrier, relation = CARRIED[model]
            due[carrier].update(carrier._default_manager.filter(**{relation: record.pk}).values_list("pk", flat=True))
    for model, keys in due.items():
        keys = sorted(keys)
        for start in range(0, len(keys), BATCH):
            _write(model, keys[start : start + BATCH])
    index.keep(*records)


def forget(model, keys):
    """Drop the entries of records about to be deleted."""
    keys = list(keys)
    SearchEntry.objects.filter(kind=model._meta.model_name, record__in=keys).delete()
    index.forget(model, keys)


def rebuild():
    """Write every entry anew and drop those of rows that are gone; staff may go on working.

    Yields the model, the rows of it done so far, and how many there are.
    """
    SearchEntry.objects.exclude(kind__in=[model._meta.model_name for model in INDEXED]).delete()
    for model in INDEXED:
        rows = model._default_manager.order_by("pk")
        total, done, last = rows.count(), 0, 0
        while keys := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
            _write(model, keys)
            done, last = done + len(keys), keys[-1]
            yield model, done, total
        living = rows.order_by().filter(pk=OuterRef("record"))
        SearchEntry.objects.filter(~Exists(living), kind=model._meta.model_name).delete()


@transaction.atomic
def _write(model, keys):
    """Write the entries of some rows, which stay locked until their words are in the index."""
    words = INDEXED[model]
    rows = model._default_manager.select_for_update().filter(pk__in=keys).order_by("pk")
    SearchEntry.objects.bulk_create(
        [
            SearchEntry(kind=model._meta.model_name, record=row.pk, tokens=_tokens(words, row))
            for row in rows.prefetch_related(*words.related)
        ],
        update_conflicts=True,
        unique_fields=["kind", "record"],
        update_fields=["tokens"],
    )


def _tokens(words, record):
    title = tokens(*words.title(record))
    return " ".join(sorted(title | tokens(*words.text(record)) | {TITLE + token for token in title}))
