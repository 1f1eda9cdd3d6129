"""Asks the index of the public search, and never shows more than the public may read."""

from dataclasses import dataclass, field, replace

from django.db.models import BooleanField, Case, Count, Exists, F, Func, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import RowNumber, StrIndex
from django.db.models.lookups import GreaterThan

from missions.models import PublicEntry, Sought
from missions.search import particles
from missions.search.index import condition_token
from missions.search.kinds import KINDS
from missions.search.other_names import places
from missions.search.tokens import terms


@dataclass(frozen=True)
class Asked:
    """A search: what was typed, and what it is narrowed to, such as a country and a body."""

    text: str
    chosen: dict = field(default_factory=dict)

    @property
    def terms(self):
        """What every hit holds; nothing where nothing can be looked for."""
        return terms(self.text)

    def of_kinds(self, kinds):
        """Published entries of some kinds that hold every term, at most ``MOST`` and one more of each kind.

        Those with all terms in their title come first, and the newer before the older. Each has ``titled``, 0 or 1.
        """
        wanted = self.terms
        if not wanted:
            return PublicEntry.objects.none()
        sought = _sought(wanted, self.chosen, kinds)
        titled = Q()
        for term in wanted:
            titled &= Q(GreaterThan(StrIndex("title", Value(f" {term} ")), 0))
        found = PublicEntry.objects.filter(_published(kinds), tokens__newest=sought)
        return found.annotate(titled=Case(When(titled, then=Value(1)), default=Value(0))).order_by(*BEST_FIRST)

    def few_of_each(self, kinds, few):
        """The first few entries of each kind; ``found`` says how many there are of it."""
        entries = self.of_kinds(kinds).annotate(
            found=Window(Count("*"), partition_by="kind"),
            place=Window(RowNumber(), partition_by="kind", order_by=BEST_FIRST),
        )
        return entries.filter(place__lte=few).order_by("kind", "place")


def as_found(asked, kinds):
    """A search that finds nothing, with words shortened where these may end in particles; the same otherwise."""
    if not particles.may_be_cut(asked.text) or asked.of_kinds(kinds).exists():
        return asked

    def count(word):
        return replace(asked, text=word).of_kinds(kinds).count()

    return replace(asked, text=particles.as_found(asked.text, places(), count))


BEST_FIRST = [F("titled").desc(), F("day").desc(nulls_last=True), F("record").desc()]


def narrow(queryset, text, chosen):
    """Rows of a public list that hold every word of a text, in the list's own order.

    Blank text leaves the list as it is; text without a letter or digit finds nothing. Where nothing is found, words
    lose what may be a particle. ``chosen`` are the other conditions on the list. Where ``is_of_newest``, the rows are
    the newest ``MOST`` and one more.
    """
    if not text.strip():
        return queryset
    kind = KINDS[queryset.model._meta.model_name]
    known = {name: value for name, value in chosen.items() if name in kind.conditions}
    wanted = as_found(Asked(text, known), [kind]).terms
    if not wanted:
        return queryset.none()
    if is_of_newest(kind, text, chosen):
        entries = PublicEntry.objects.filter(tokens__newest=_sought(wanted, chosen, [kind]))
    else:
        entries = PublicEntry.objects.filter(
            kind=kind.name, tokens__every=[*wanted, condition_token("kind", kind.name)]
        )
    return queryset.filter(Among("pk", Subquery(entries.values("record"))))


class Among(Func):
    """Whether a key is one of those that a subquery finds. PostgreSQL looks them up one by one.

    Left to guess how many they are, it might rather walk through a million rows in their order.
    """

    template, arg_joiner, output_field = "%(expressions)s", " IN ", BooleanField()

    def as_postgresql(self, compiler, connection):
        """The keys as an array, which is made first."""
        return self.as_sql(compiler, connection, template="%(expressions)s)", arg_joiner=" = ANY (ARRAY")


def is_of_newest(kind, text, chosen):
    """Whether a list looks no further than the newest ``MOST``.

    It does where the index answers all its conditions. Another one could leave none of the newest.
    """
    return kind.many and bool(text.strip()) and chosen.keys() <= kind.conditions.keys()


def _sought(wanted, chosen, kinds):
    """Kinds that grow each for itself, since of each the newest are looked for; the others together."""
    conditions = [condition_token(name, value) for name, value in chosen.items()]
    groups = [[kind] for kind in kinds if kind.many] + [[kind for kind in kinds if not kind.many]]
    return [
        Sought(
            (*wanted, *conditions),
            tuple(condition_token("kind", kind.name) for kind in group),
            newest_of=group[0].name if group[0].many else "",
        )
        for group in groups
        if group
    ]


def _published(kinds):
    """The condition that the record of an entry is published at this moment, however late the index is."""
    living = Q(kind="")  # beside an OR, PostgreSQL looks each record up; alone, EXISTS would join the whole table
    for kind in kinds:
        living |= Q(Exists(kind.published().order_by().filter(pk=OuterRef("record"))), kind=kind.name)
    return living
