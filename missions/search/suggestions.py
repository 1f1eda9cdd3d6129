"""What the page of the search offers where no record has every word: the hits of each word, and what it may mean."""

from missions.models import DifficultyType
from missions.search.kinds import KINDS
from missions.search.public import Asked
from missions.search.results import Found, printed_results
from missions.search.tokens import has_every, parts, terms

MOST_WORDS = 4
FEW = 3


def by_word(asked):
    """What each of several words finds by itself, the best of each kind first; nothing for a single word."""
    words = parts(asked.text)[:MOST_WORDS]
    if len(words) < 2:
        return []
    entries = {word: list(Asked(word, asked.chosen).few_of_each(KINDS.values(), 1)) for word in words}
    order = list(KINDS)
    best = {word: sorted(found, key=lambda entry: order.index(entry.kind))[:FEW] for word, found in entries.items()}
    hits = printed_results([entry for found in best.values() for entry in found], asked.text)
    shares = [
        Found(
            word,
            sum(entry.found for entry in entries[word]),
            [hits[key] for entry in found if (key := (entry.kind, entry.record)) in hits],
        )
        for word, found in best.items()
    ]
    return [share for share in shares if share.hits]


def types_unheard_of(text, shares):
    """Types of difficulties that a word of a query, or all of it, names, and about which nothing is published.

    All published records count, not only those of a narrowed search.
    """
    rows = DifficultyType.objects.published()
    found = {}
    for words in {text, *parts(text)} - {share.of for share in shares}:
        wanted = terms(words)
        types = [row for row in rows if wanted and has_every(wanted, row.name_ko, row.name_en)]
        if types and not Asked(words).of_kinds(KINDS.values()).exists():
            found |= {row.pk: row for row in types}
    return [row for row in rows if row.pk in found]


def named_in(text, countries):
    """Those of the countries that a query names, in either language or as people call them."""
    typed = {tuple(terms(word)) for word in [text, *parts(text)]}
    words = set(text.casefold().split())
    return [
        country
        for country in countries
        if any(tuple(terms(name)) in typed or set(name.casefold().split()) <= words for name in _names(country))
    ]


def _names(country):
    names = [country.name_ko, country.name_en, *country.other_names.split(",")]
    return [name.strip() for name in names if name.strip()]
