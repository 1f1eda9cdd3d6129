"""Which countries a query names."""

from functools import lru_cache

from missions.search.other_names import split
from missions.search.tokens import folded, parts, terms


def named_in(text, countries):
    """Those of the countries that a query names, in either language or as people call them."""
    typed = {tuple(terms(word)) for word in [text, *parts(text)]}
    words = set(folded(text).split())
    return [
        country
        for country in countries
        if any(
            found in typed or told <= words
            for found, told in _names(country.name_ko, country.name_en, country.other_names)
        )
    ]


@lru_cache(maxsize=1000)
def _names(korean, english, others):
    """Each name of a country as the terms that are searched for, and as the words that it is made of."""
    names = filter(None, [korean, english, *split(others)])
    return [(tuple(terms(name)), frozenset(folded(name).split())) for name in names]
