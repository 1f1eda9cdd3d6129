"""Finds records that are about the same thing as a text somebody is writing.

No record holds the whole text, but some hold its rare terms. The rarer a term is, the more it means that two texts
share it. Counting stops at ``COMMON``, so that an answer costs the same however many records there are.
"""

import math

from django.db.models import Case, IntegerField, Q, Subquery, Value, When

from missions.models import SearchEntry
from missions.search.staff import records_with
from missions.search.tokens import FUNCTION_WORDS, traits

LOOKED_AT = 40  # terms of the text
TELLING = 12  # terms that decide: the rarest of those
COMMON = 2000  # entries: a term that is in more of them says nothing about a text
# Terms that stand in sentences of any subject.
EMPTY = traits(
    "있습니다 없습니다 합니다 했습니다 하였습니다 됩니다 되었습니다 입니다 받았습니다 하고 되고 하는 되는 있는 "
    "없는 하여 해서 되어 에서 으로 에게 까지 부터 때문에 대한 대해 위해 관한 따라 그리고 그러나 우리 저희 "
    + " ".join(FUNCTION_WORDS),
    most=1000,
)


class _Count(Subquery):
    """The number of rows of a query."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def alike(text, *querysets, most, without=""):
    """Rows of each queryset that share rare terms with a text, the most alike first, at most ``most`` of each.

    The terms of ``without`` do not count. ``shared`` of a row is the sum of the weights of the terms it shares; it
    compares rows of all querysets, and ``asked`` is the sum of all weights. Where every term is common, the result is
    the rows that hold all of the terms, and all have the same weight.
    """
    idle = {*EMPTY, *traits(without, LOOKED_AT)}
    wanted = [term for term in traits(text, LOOKED_AT) if term not in idle]
    weights = _weights(wanted, querysets)
    if weights:
        found = [_sharing(queryset, weights) for queryset in querysets]
    else:
        found = [_holding(queryset, wanted) for queryset in querysets if wanted]
    asked = Value(sum(weights.values()) or 1)
    return [row for rows in found for row in rows.annotate(asked=asked)[:most]]


def _weights(wanted, querysets):
    """The rarest terms with their weights.

    A term weighs 100 for each time that it halves the number of entries: a term in a quarter of them weighs 200.
    Only entries of the querysets are counted. Otherwise the order of rows that a user may see would depend on rows
    that they may not see.
    """
    seen = Q(pk=None)
    for queryset in querysets:
        seen |= Q(kind=queryset.model._meta.model_name, record__in=queryset.order_by().values("pk"))
    entries = SearchEntry.objects.filter(seen).values("pk")
    counted = {
        f"term{at}": _Count(entries.filter(tokens__every=(term,))[: COMMON + 1]) for at, term in enumerate(wanted)
    }
    every = _Count(entries[: COMMON + 1])
    counts = SearchEntry.objects.annotate(every=every, **counted).values_list("every", *counted).first()
    if not counts:
        return {}
    every, *counts = counts
    rarest = sorted((count, at) for at, count in enumerate(counts) if 0 < count <= COMMON)[:TELLING]
    weights = {wanted[at]: round(100 * math.log2((every + 1) / count)) for count, at in rarest}
    return {term: weight for term, weight in weights.items() if weight}


def _holding(queryset, terms):
    rows = queryset.filter(pk__in=records_with(queryset.model, every=terms))
    return rows.annotate(shared=Value(1)).order_by(*queryset.model._meta.ordering)


def _sharing(queryset, weights):
    shared = sum(
        Case(When(pk__in=records_with(queryset.model, every=[term]), then=Value(weight)), default=Value(0))
        for term, weight in weights.items()
    )
    sharing = queryset.filter(pk__in=records_with(queryset.model, any=weights))
    return sharing.annotate(shared=shared).order_by("-shared", *queryset.model._meta.ordering)
