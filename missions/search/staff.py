"""The staff's search: how its index is kept current, and how it is asked.

Whoever writes a record calls ``keep`` afterwards, which keeps the public search as well. Whom a search may show
what is for the queryset it is given: ``find`` only narrows one that is scoped already.
"""

import re
from collections import defaultdict

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from missions.models import BESIDE, ActionItem, Meeting, Minutes, Organisation, SearchEntry
from missions.search import index
from missions.search.other_names import also_called, known_organisations, naming, places
from missions.search.particles import as_found, may_be_cut
from missions.search.staff_words import BY_NAME, CARRIED, FEW, INDEXED
from missions.search.tokens import folded, has_every, terms, tokens

__all__ = ["FEW", "INDEXED", "find", "find_among_few", "find_in_each", "forget", "keep", "rebuild", "records_with"]

TITLE = "t"  # marks a token as one of the title; no token begins with it by itself
BATCH = 500
REFERENCE = re.compile(r"\b([A-Za-z]{2,4})([0-9]{2})([0-9A-Za-z]{3,6})\b")  # as somebody types LAX-26-7K3 in haste


def find(queryset, text, *, ranked=True):
    """Rows of a queryset that hold every word of a text: those with all in their title first, then as the model orders.

    Blank text leaves the queryset as it is; text without a letter or digit finds nothing. Where nothing is found, words
    lose what may be a particle. Without ``ranked`` the order stays the queryset's own.
    """
    if not text.strip():
        return queryset
    text = _with_hyphens(text, [queryset])
    wanted = terms(text)
    if not wanted:
        return queryset.none()
    found = _holding(queryset, wanted)
    if may_be_cut(text) and not found.exists():
        wanted = terms(as_found(text, places(), lambda word: _holding(queryset, terms(word)).count()))
        found = _holding(queryset, wanted)
    return _best_first(found, wanted) if ranked else found


def find_in_each(querysets, text):
    """The same for several querysets at once, each of another model: what was found of each, the best first.

    Words lose what may be a particle for those alone that have none of them as typed.
    """
    text = _with_hyphens(text, querysets)
    wanted = terms(text)
    if not wanted:
        return [queryset.none() for queryset in querysets]
    found = [_holding(queryset, wanted) for queryset in querysets]
    if not may_be_cut(text):
        return [_best_first(rows, wanted) for rows in found]
    without = [queryset for queryset, rows in zip(querysets, found, strict=True) if not rows.exists()]
    shorter = terms(as_found(text, places(), lambda word: _entries_of(without, terms(word)).count())) if without else []
    return [
        _best_first(_holding(queryset, shorter), shorter) if queryset in without else _best_first(rows, wanted)
        for queryset, rows in zip(querysets, found, strict=True)
    ]


def _with_hyphens(text, querysets):
    """A text in which a reference has its hyphens, where it was typed without them and nothing is called so."""
    spelt = REFERENCE.sub(r"\1-\2-\3", text)
    if spelt == text or any(_holding(queryset, terms(text)).exists() for queryset in querysets):
        return text
    return spelt


def _entries_of(querysets, wanted):
    """Entries of the rows of some querysets that hold terms."""
    seen = Q(pk=None)
    for queryset in querysets:
        seen |= Q(kind=queryset.model._meta.model_name, record__in=queryset.order_by().values("pk"))
    return SearchEntry.objects.filter(seen, tokens__every_or_beside=tuple(wanted))


def _best_first(found, wanted):
    """Rows found with those first that have every term in their title."""
    titled = records_with(found.model, every=[TITLE + term for term in wanted])
    return found.order_by(Case(When(pk__in=titled, then=Value(0)), default=Value(1)), *found.model._meta.ordering)


def find_among_few(queryset, text, columns):
    """Rows of a small table that hold every word of a text, or the beginning of one that is still being typed."""
    if not text.strip():
        return queryset
    wanted, begun = terms(text), folded(text.strip())
    rows = [(pk, [text or "" for text in texts]) for pk, *texts in queryset.values_list("pk", *columns)]
    found = [pk for pk, texts in rows if (wanted and has_every(wanted, *texts)) or begun in folded("\n".join(texts))]
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
    gone = Q(kind=model._meta.model_name, record__in=keys)
    if model is Meeting:  # its parts go with it
        for part in (Minutes, ActionItem):
            parts = part.objects.filter(meeting__in=keys).order_by().values("pk")
            gone |= Q(kind=part._meta.model_name, record__in=list(parts.values_list("pk", flat=True)))
    SearchEntry.objects.filter(gone).delete()
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
    rows = model._default_manager.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    rows = rows.select_related(*words.joined or [None]).prefetch_related(*words.related)
    SearchEntry.objects.bulk_create(
        [
            SearchEntry(kind=model._meta.model_name, record=row.pk, tokens=_tokens(words, row, organisations))
            for row in rows
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
