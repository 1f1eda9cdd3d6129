"""What the page of the search offers where no record has every word: what each word finds, and what words stand for."""

from dataclasses import dataclass

from missions.bigrams import has_every, parts, terms
from missions.capped import shown
from missions.hits import printed
from missions.models import DifficultyType
from missions.public_search import Asked
from missions.public_words import KINDS

MOST_WORDS = 4
FEW = 3


@dataclass
class Share:
    """What one word of a query finds by itself."""

    word: str
    found: int
    hits: list

    @property
    def count(self):
        """How many there are, as readers see it."""
        return shown(self.found)


def by_word(asked):
    """What each of several words finds by itself, the best of each kind first; nothing for a single word."""
    words = parts(asked.text)[:MOST_WORDS]
    if len(words) < 2:
        return []
    entries = {word: list(Asked(word, asked.chosen).few_of_each(KINDS.values(), 1)) for word in words}
    order = list(KINDS)
    best = {word: sorted(found, key=lambda entry: order.index(entry.kind))[:FEW] for word, found in entries.items()}
    hits = printed([entry for found in best.values() for entry in found], asked.text)
    shares = [
        Share(
            word,
            sum(entry.found for entry in entries[word]),
            [hits[key] for entry in found if (key := (entry.kind, entry.record)) in hits],
        )
        for word, found in best.items()
    ]
    return [share for share in shares if share.hits]


def types_unheard_of(text, shares):
    """Types of difficulties called by a word of a query, or all of it, that finds nothing published."""
    asked = [terms(words) for words in {text, *parts(text)} - {share.word for share in shares}]
    rows = DifficultyType.objects.published()
    return [row for row in rows if any(has_every(wanted, row.name_ko, row.name_en) for wanted in asked)]


def named_in(text, countries):
    """Those of the countries that a query names, in either language."""
    typed = {tuple(terms(word)) for word in [text, *parts(text)]}
    words = set(text.casefold().split())
    return [
        country
        for country in countries
        if tuple(terms(country.name_ko)) in typed or set(country.name_en.casefold().split()) <= words
    ]
