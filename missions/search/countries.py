"""Which countries and which missions a query names."""

from functools import lru_cache

from missions.search.other_names import split
from missions.search.place_words import without_suffix
from missions.search.tokens import folded, parts, terms


def countries_named_in(text, countries):
    """Those of the countries, by their values, that a query names, in either language or as people call them."""
    return _named(text, [(values, _of_country(values)) for values in countries])


def missions_named_in(text, missions):
    """Those of the missions, by their values, that a query names: by their name or by their city.

    The name of a country asks for the country, also where its capital bears it.
    """
    return _named(text, [(values, _of_mission(values)) for values in missions])


def _named(text, named):
    typed = {tuple(terms(form)) for word in [text, *parts(text)] for form in (word, without_suffix(word))}
    words = set(folded(text).split())
    return [values for values, names in named if any(found in typed or told <= words for found, told in names)]


def _of_country(values, at=""):
    return _names(*(values[f"{at}{name}"] for name in ("name_ko", "name_en", "other_names")))


def _of_mission(values):
    others = ",".join(values[name] for name in ("city_ko", "city_en", "other_names"))
    of_country = _of_country(values, "country__")
    return [name for name in _names(values["name_ko"], values["name_en"], others) if name not in of_country]


@lru_cache(maxsize=2000)
def _names(korean, english, others):
    """Each name of a record as the terms that are searched for, and as the words that it is made of."""
    names = filter(None, [korean, english, *split(others)])
    return [(tuple(terms(name)), frozenset(folded(name).split())) for name in names]
