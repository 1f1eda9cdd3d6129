"""What a published case prints of other records, kept with its version as it was approved.

A country, a type, a body, an organisation that acted, a source may be renamed by one person, by a load, or by two rows
becoming one. Readers go on reading what two people approved; the next version takes the names of its day.
"""

from dataclasses import dataclass

from missions.models import CaseActor, PublicationState, PublishedCase
from missions.publication.authors import BY_STEP

# Columns of a case that keep a name, by the key of the record it belongs to and the column there.
KEPT = {
    "country_name": ("country", "name"),
    "type_name": ("type", "name"),
    "sector_name": ("sector", "name"),
    "body_name": ("body", "name"),
    "body_short": ("body", "city"),
}
OF_SOURCE = ["key", "publisher", "title", "url", "dated_on", "dated_precision"]
LANGUAGES = ("ko", "en")


@dataclass(frozen=True)
class Renamed:
    """What was approved under one name and has another by now."""

    label: str
    approved: str
    today: str


def keep(case):
    """Take over the names of today into a case, which the caller saves, and into its acting organisations."""
    for column, value in _names(case).items():
        setattr(case, column, value)
    case.kept_sources = _sources(case)
    for actor in case.actors.select_related("organisation"):
        name = (actor.organisation.name_ko, actor.organisation.name_en)
        if (actor.name_ko, actor.name_en) != name:
            actor.name_ko, actor.name_en = name
            actor._change_reason = f"{BY_STEP}: approve"
            actor.save()


def keep_announced(cases):
    """Keep the names in cases that the ministries announced themselves and a load wrote: that is their approval."""
    for case in PublishedCase.objects.published().filter(pk__in=cases):
        keep(case)
        case._change_reason = f"{BY_STEP}: loaded"
        case.save()


def forget(case):
    """Make a copy of a case a draft, which keeps no names yet."""
    for column in KEPT:
        for language in LANGUAGES:
            setattr(case, f"{column}_{language}", "")
    case.kept_sources = None


def renames(case):
    """What readers see under another name than its record has today, in the version of a case approved last."""
    approved = PublishedCase.objects.filter(
        reference=case.reference, state__in=[PublicationState.PUBLISHED, PublicationState.WITHDRAWN]
    ).order_by("-version")
    told = approved.exclude(country_name_ko="").first()
    if told is None:
        return []
    today, label = _names(told), told._meta.get_field
    found = [(label(KEPT[column[:-3]][0]), getattr(told, column), today[column]) for column in today]
    found += [
        (CaseActor._meta.get_field("organisation"), getattr(actor, column), getattr(actor.organisation, column))
        for actor in told.actors.select_related("organisation").exclude(name_ko="")
        for column in ("name_ko", "name_en")
    ]
    sources = {source["key"]: source for source in _sources(told)}
    found += [
        (label("sources"), kept[name], sources[kept["key"]][name])
        for kept in told.kept_sources or []
        for name in ("publisher", "title", "url")
        if kept["key"] in sources
    ]
    return list(dict.fromkeys(Renamed(str(f.verbose_name), old, new) for f, old, new in found if old != new))


def _names(case):
    """The names of today, by the column that keeps each."""
    found = {}
    for column, (key, name) in KEPT.items():
        row = getattr(case, key)
        row = row.mission if name == "city" else row
        for language in LANGUAGES:
            found[f"{column}_{language}"] = getattr(row, f"{name}_{language}") if row else ""
    return found


def _sources(case):
    """The sources of today, as JSON holds them."""
    rows = ({name: getattr(source, name) for name in OF_SOURCE} for source in case.sources.all())
    return [values | {"dated_on": values["dated_on"] and str(values["dated_on"])} for values in rows]
