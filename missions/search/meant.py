"""What a query names besides records: types of difficulties, countries, missions."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Exists, OuterRef, TextField, Value
from django.db.models.functions import JSONObject

from missions.models import Country, DifficultyType, LocalInformation, Mission, PublishedCase
from missions.search.countries import countries_named_in, missions_named_in
from missions.search.place_words import HOME
from missions.search.tokens import folded, terms, tokens
from missions.search.tokens import parts as words_of

KOREAN_WORD = re.compile("[가-힣]{2,}")
NAMEABLE = ("type", "country of a name", "mission of a place")  # no kind of record is called so
TYPE, COUNTRY, MISSION = NAMEABLE
MOST = 3  # of a kind; more are not meant


@dataclass
class Meant:
    """What a query names, as people call it."""

    types: list
    named_countries: list
    named_missions: list


def nameable():
    """Questions for the values of all that may be named, to be joined with others."""
    types = ("code", "name_ko", "name_en", "other_names", "order")
    cases = PublishedCase.objects.published().order_by().filter(type=OuterRef("pk"))
    items = LocalInformation.objects.published().order_by().filter(topic=OuterRef("pk"))
    country = ("name_ko", "name_en", "other_names")
    return [
        _values(TYPE, DifficultyType, *types, has_cases=Exists(cases), has_items=Exists(items)),
        _values(COUNTRY, Country, "code", *country),
        _values(
            MISSION, Mission, "slug", "city_ko", "city_en", *country, *(f"country__{name}" for name in ("pk", *country))
        ),
    ]


def _values(name, model, *columns, **more):
    values = JSONObject(**{column: column for column in columns}, **more)
    return model.objects.published().order_by().values_list(Value(name, output_field=TextField()), values)


def meant_by(query, known):
    """What a query names of what is known: values by the names in ``NAMEABLE``."""
    types = sorted(known[TYPE], key=lambda values: values["order"])
    countries = countries_named_in(query, known[COUNTRY])
    missions = missions_named_in(query, known[MISSION])
    if missions or any(values["code"] != HOME for values in countries):
        countries = [values for values in countries if values["code"] != HOME]
    return Meant(
        [_type(values) for values in _few(_named(types, query))],
        [Country(**values) for values in _few(countries)],
        [_mission(values) for values in _few(missions)],
    )


def _few(found):
    return found if len(found) <= MOST else []


def _named(types, query):
    """Those types that most words of a query name.

    A Korean word also names a type by how it begins, since endings follow: 도용당했다 begins with 도용.
    """
    words = [folded(word) for word in words_of(query) if len(word) > 1]
    wanted = [(word, set(terms(word))) for word in words]
    counts = []
    for values in types:
        names = values["name_ko"], values["name_en"], values["other_names"]
        held, stems = _tokens(*names), _stems(*names)
        counts.append(sum((bool(each) and each <= held) or word.startswith(stems) for word, each in wanted))
    most = max(counts, default=0)
    return [values for values, count in zip(types, counts, strict=True) if count and count == most]


_tokens = lru_cache(maxsize=100)(tokens)


@lru_cache(maxsize=100)
def _stems(*names):
    """The Korean words of the names of a type."""
    return tuple(KOREAN_WORD.findall(" ".join(names)))


def _type(values):
    row = DifficultyType(code=values["code"], name_ko=values["name_ko"], name_en=values["name_en"])
    row.has_cases, row.has_items = bool(values["has_cases"]), bool(values["has_items"])
    return row


def _mission(values):
    return Mission(**{name: value for name, value in values.items() if not name.startswith("country__")})
