"""The staff's search: which words of which records are indexed, how that is kept current, and how it is asked.

Whoever writes a record calls ``keep`` afterwards, which keeps the public search as well. Whom a search may show
what is for the queryset it is given: ``find`` only narrows one that is scoped already.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Value, When

from missions.models import (
    BESIDE,
    AgendaItem,
    Attendance,
    Body,
    Company,
    Country,
    Difficulty,
    DifficultyType,
    EarlierCase,
    HsChapter,
    LocalInformation,
    Meeting,
    Membership,
    Mission,
    NtmChapter,
    Organisation,
    PublishedCase,
    Region,
    SearchEntry,
    Sector,
    Source,
)
from missions.search import index
from missions.search.kinds import kind_of_organisation, kinds_of_seats
from missions.search.other_names import also_called, known_organisations, naming, places
from missions.search.particles import as_found, may_be_cut
from missions.search.tokens import folded, has_every, terms, tokens

TITLE = "t"  # marks a token as one of the title; no token begins with it by itself
BATCH = 500


@dataclass(frozen=True)
class Words:
    """Which texts of a record are its title and which come after, and the related rows they are taken from.

    ``beside`` are names by which it is found as well, and which say nothing about what it is like.
    """

    title: Callable
    text: Callable
    related: Iterable = ()
    beside: Callable = field(default=lambda record: [])


def _both(*names):
    """A function: the texts of a record in columns of two languages."""
    return lambda record: [getattr(record, f"{name}_{language}") for language in ("ko", "en") for name in names]


def _of_difficulty(record):
    reports = record.further_reports.all()
    firms = [record.company, *(report.company for report in reports)]
    named = [
        words
        for firm in filter(None, firms)
        for words in (firm.name_ko, firm.name_en, firm.registration_number, firm.written_number)
    ]
    said = [report.account for report in reports]
    return [record.account, record.steps_taken, record.solution, record.lesson, record.place, *said, *named]


def _of_meeting(record):
    topics = [topic for item in record.agenda.all() for topic in (item.topic_ko, item.topic_en)]
    present = [name for row in record.attendances.all() for name in _called(row.organisation)]
    return [*_both("venue", "summary")(record), *topics, *present]


def _of_body(record):
    seats = [name for seat in record.memberships.all() if not seat.has_ended for name in _called(seat.organisation)]
    place = _called(record.mission, "name", "city") if record.mission else []
    return [*_both("former_name", "purpose")(record), *place, *seats, *kinds_of_seats(record)]


def _called(row, *names):
    """The names of a row in both languages, and what people call it."""
    return [*_both(*(names or ["name"]))(row), row.other_names]


FIRMS = ["company", "further_reports__company"]
INDEXED = {
    Difficulty: Words(
        lambda record: [record.reference, record.title],
        _of_difficulty,
        [*FIRMS, "type"],
        lambda record: _called(record.type),
    ),
    PublishedCase: Words(
        lambda record: [record.reference, *_both("title")(record)],
        _both("happened", "done", "lesson"),
        ["type"],
        lambda record: _called(record.type),
    ),
    EarlierCase: Words(
        lambda record: [record.key, *_both("happened")(record)],
        _both("done", "ending", "lesson", "by_whom", "sector"),
        ["type"],
        lambda record: _called(record.type),
    ),
    LocalInformation: Words(_both("title"), _both("text"), ["topic"], lambda record: _called(record.topic)),
    Meeting: Words(
        lambda record: [*_both("label")(record), *(_name_of_body(record.body) if record.body else [])],
        _of_meeting,
        ["body", "agenda", "attendances__organisation"],
    ),
    Body: Words(lambda record: _name_of_body(record), _of_body, ["mission", "memberships__organisation"]),
    Mission: Words(
        lambda record: [record.slug, *_called(record, "name", "city")],
        lambda record: [*_both("address")(record), *_called(record.country)],
        ["country"],
    ),
    Organisation: Words(lambda record: [record.slug, *_called(record)], kind_of_organisation),
}
FEW = {Country, DifficultyType, HsChapter, NtmChapter, Region, Sector, Source}  # so few rows that they need no index
BY_NAME = {model._meta.model_name: model for model in INDEXED}
# Records whose words stand in the entries of others: of which, and by what relation these are found.
CARRIED = {
    Company: [(Difficulty, relation) for relation in FIRMS],
    DifficultyType: [(Difficulty, "type"), (PublishedCase, "type"), (EarlierCase, "type"), (LocalInformation, "topic")],
    Country: [(Mission, "country")],
    Mission: [(Body, "mission")],
    Body: [(Meeting, "body")],
    AgendaItem: [(Meeting, "agenda")],
    Attendance: [(Meeting, "attendances")],
    Membership: [(Body, "memberships")],
    Organisation: [(Body, "memberships__organisation"), (Meeting, "attendances__organisation")],
}


def _name_of_body(body):
    return [body.code, *_both("name")(body)]


def find(queryset, text, *, ranked=True):
    """Rows of a queryset that hold every word of a text: those with all in their title first, then as the model orders.

    Blank text leaves the queryset as it is; text without a letter or digit finds nothing. Where nothing is found, words
    lose what may be a particle. Without ``ranked`` the order stays the queryset's own.
    """
    if not text.strip():
        return queryset
    wanted = terms(text)
    if not wanted:
        return queryset.none()
    found = _holding(queryset, wanted)
    if may_be_cut(text) and not found.exists():
        wanted = terms(as_found(text, places(), lambda word: _holding(queryset, terms(word)).count()))
        found = _holding(queryset, wanted)
    if not ranked:
        return found
    titled = records_with(queryset.model, every=[TITLE + term for term in wanted])
    return found.order_by(Case(When(pk__in=titled, then=Value(0)), default=Value(1)), *queryset.model._meta.ordering)


def find_among_few(queryset, text, columns):
    """Rows of a small table that hold every word of a text, or the beginning of one that is still being typed."""
    if not text.strip():
        return queryset
    wanted, begun = terms(text), folded(text.strip())
    rows = queryset.values_list("pk", *columns)
    found = [pk for pk, *texts in rows if (wanted and has_every(wanted, *texts)) or begun in folded("\n".join(texts))]
    return queryset.filter(pk__in=found)


def _holding(queryset, wanted):
    return queryset.filter(pk__in=records_with(queryset.model, every_or_beside=wanted))


def records_with(model, **lookup):
    """Keys of a model's records that hold terms: ``every=``, ``any=`` or ``every_or_beside=``, inside another query."""
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
        for carrier, relation in CARRIED.get(model, ()):
            held = carrier._default_manager.order_by().filter(**{relation: record.pk})
            due[carrier].update(held.values_list("pk", flat=True))
        if model is Organisation:
            for name, key in naming(SearchEntry.objects, record):
                due[BY_NAME[name]].add(key)
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
    words, organisations = INDEXED[model], known_organisations()
    rows = model._default_manager.select_for_update().filter(pk__in=keys).order_by("pk")
    SearchEntry.objects.bulk_create(
        [
            SearchEntry(kind=model._meta.model_name, record=row.pk, tokens=_tokens(words, row, organisations))
            for row in rows.prefetch_related(*words.related)
        ],
        update_conflicts=True,
        unique_fields=["kind", "record"],
        update_fields=["tokens"],
    )


def _tokens(words, record, organisations):
    titles, texts = words.title(record), words.text(record)
    title = tokens(*titles)
    beside = tokens(*words.beside(record)) | also_called("\n".join([*titles, *texts]), organisations)
    marked = {TITLE + token for token in title} | {BESIDE + token for token in beside}
    return " ".join(sorted(title | tokens(*texts) | marked))
