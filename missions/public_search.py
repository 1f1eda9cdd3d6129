"""Asks the index of the public search, and never shows more than the public may read."""

from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber

from missions.bigrams import BEGINNING, terms, word
from missions.models import PublicEntry
from missions.public_index import BODY, COUNTRY, KIND
from missions.public_words import KINDS


@dataclass(frozen=True)
class Asked:
    """A search: what was typed, and the country and the body it is narrowed to."""

    text: str
    country: object = None
    body: object = None

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
        narrowed = [COUNTRY + word(self.country.pk)] if self.country else []
        narrowed += [BODY + word(str(self.body.pk))] if self.body else []
        asked = [([*wanted, *narrowed, KIND + word(kind.name)], kind.many) for kind in kinds]
        titled = Q()
        for term in wanted:
            whole = term.removesuffix(BEGINNING)
            titled &= Q(title__contains=f" {whole}" if whole != term else f" {whole} ")
        found = PublicEntry.objects.filter(_published(kinds), tokens__newest=asked)
        return found.annotate(titled=Case(When(titled, then=Value(1)), default=Value(0))).order_by(*BEST_FIRST)

    def few_of_each(self, kinds, few):
        """The first few entries of each kind; ``found`` says how many there are of it."""
        entries = self.of_kinds(kinds).annotate(
            found=Window(Count("*"), partition_by="kind"),
            place=Window(RowNumber(), partition_by="kind", order_by=BEST_FIRST),
        )
        return entries.filter(place__lte=few).order_by("kind", "place")


BEST_FIRST = [F("titled").desc(), F("day").desc(nulls_last=True), F("record").desc()]


def narrow(queryset, text):
    """Rows of a public list that hold every word of a text, in the list's own order.

    Blank text leaves the list as it is; text without a letter or digit finds nothing.
    """
    if not text.strip():
        return queryset
    wanted = terms(text)
    if not wanted:
        return queryset.none()
    kind = KINDS[queryset.model._meta.model_name]
    held = PublicEntry.objects.filter(kind=kind.name, tokens__every=[*wanted, KIND + word(kind.name)])
    return queryset.filter(pk__in=held.values("record"))


def _published(kinds):
    """The condition that the record of an entry is published at this moment, however late the index is."""
    living = Q(kind="")  # beside an OR, PostgreSQL looks each record up; alone, EXISTS would join the whole table
    for kind in kinds:
        living |= Q(Exists(kind.published().order_by().filter(pk=OuterRef("record"))), kind=kind.name)
    return living
