"""Which words of which records the staff's search finds, and which other records carry them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from missions.models import (
    Action,
    ActionItem,
    AgendaItem,
    Attendance,
    Body,
    Company,
    Country,
    Difficulty,
    DifficultyEvent,
    DifficultyType,
    EarlierCase,
    HsChapter,
    Linkage,
    LocalInformation,
    Meeting,
    Membership,
    Minutes,
    Mission,
    NtmChapter,
    Organisation,
    PublishedCase,
    Region,
    Relay,
    Sector,
    Source,
)
from missions.search.kinds import kind_of_organisation, kinds_of_seats


@dataclass(frozen=True)
class Words:
    """Which texts of a record are its title and which come after, and the related rows they are taken from.

    ``joined`` are the relations to one row, fetched with the record; ``related`` those to several. ``beside`` are
    names by which it is found as well, and which say nothing about what it is like.
    """

    title: Callable
    text: Callable
    joined: Iterable = ()
    related: Iterable = ()
    beside: Callable = field(default=lambda record: [])


def _both(*names):
    """A function: the texts of a record in columns of two languages."""
    return lambda record: [getattr(record, f"{name}_{language}") for language in ("ko", "en") for name in names]


def _of_difficulty(record):
    reports = record.further_reports.all()
    firms = [record.company, *(report.company for report in reports)]
    named = [words for firm in filter(None, firms) for words in _of_firm(firm)]
    return [*named, *texts_of_difficulty(record)]


def texts_of_difficulty(record):
    """What was written of a difficulty: its own texts, what was done, asked and answered on its way."""
    own = [record.account, record.steps_taken, record.solution, record.lesson, record.place]
    reports = [report.account for report in record.further_reports.all()]
    done = [action.what for action in record.actions.all() if not action.withdrawn_at]
    linked = [linkage.result for linkage in record.linkages.all() if not linkage.withdrawn_at]
    asked = [text for leg in record.relays.all() for text in (leg.asked, leg.reply)]
    said = [event.note for event in record.events.all() if event.step in SAID]
    return [*own, *reports, *done, *linked, *asked, *said]


def _of_firm(firm):
    return [firm.name_ko, firm.name_en, firm.registration_number, firm.written_number]


def _of_meeting(record):
    topics = [topic for item in record.agenda.all() for topic in (item.topic_ko, item.topic_en)]
    present = [name for row in record.attendances.all() for name in _called(row.organisation)]
    return [*_both("venue", "summary")(record), *topics, *present]


def _of_body(record):
    seats = [name for seat in record.memberships.all() if not seat.has_ended for name in _called(seat.organisation)]
    place = _called(record.mission, "name", "city") if record.mission else []
    return [*_both("former_name", "purpose")(record), *place, *seats, *kinds_of_seats(record)]


def _called(row, *names):
    """The names of a row in both languages, and what people call it."""
    return [*_both(*(names or ["name"]))(row), row.other_names]


FIRMS = ["company", "further_reports__company"]
WAY = ["actions", "linkages", "relays", "events"]  # parts of a difficulty in which something is written of it
SAID = {"note", "reply"}  # steps whose words stand in the history alone
INDEXED = {
    Difficulty: Words(
        lambda record: [record.reference, record.title],
        _of_difficulty,
        ["company", "type"],
        ["further_reports__company", *WAY],
        lambda record: _called(record.type),
    ),
    PublishedCase: Words(
        lambda record: [record.reference, *_both("title")(record)],
        _both("happened", "done", "lesson"),
        ["type"],
        beside=lambda record: _called(record.type),
    ),
    EarlierCase: Words(
        lambda record: [record.key, *_both("happened")(record)],
        _both("done", "ending", "lesson", "by_whom", "sector"),
        ["type"],
        beside=lambda record: _called(record.type),
    ),
    LocalInformation: Words(_both("title"), _both("text"), ["topic"], beside=lambda record: _called(record.topic)),
    Meeting: Words(
        lambda record: [*_both("label")(record), *(_name_of_body(record.body) if record.body else [])],
        _of_meeting,
        ["body"],
        ["agenda", "attendances__organisation"],
    ),
    Minutes: Words(lambda record: [], lambda record: [record.text, record.people]),
    ActionItem: Words(lambda record: [record.what], lambda record: []),
    Company: Words(_of_firm, lambda record: []),
    Body: Words(lambda record: _name_of_body(record), _of_body, ["mission"], ["memberships__organisation"]),
    Mission: Words(
        lambda record: [record.slug, *_called(record, "name", "city")],
        lambda record: [*_both("address")(record), *_called(record.country)],
        ["country"],
    ),
    Organisation: Words(lambda record: [record.slug, *_called(record)], kind_of_organisation),
}
FEW = {Country, DifficultyType, HsChapter, NtmChapter, Region, Sector, Source}  # so few rows that they need no index
BY_NAME = {model._meta.model_name: model for model in INDEXED}
# Records whose words stand in the entries of others: of which, and by what relation these are found.
CARRIED = {
    Company: [(Difficulty, relation) for relation in FIRMS],
    DifficultyType: [(Difficulty, "type"), (PublishedCase, "type"), (EarlierCase, "type"), (LocalInformation, "topic")],
    Country: [(Mission, "country")],
    Mission: [(Body, "mission")],
    Body: [(Meeting, "body")],
    Action: [(Difficulty, "actions")],
    Linkage: [(Difficulty, "linkages")],
    Relay: [(Difficulty, "relays")],
    DifficultyEvent: [(Difficulty, "events")],
    Meeting: [(Minutes, "meeting"), (ActionItem, "meeting")],
    AgendaItem: [(Meeting, "agenda")],
    Attendance: [(Meeting, "attendances")],
    Membership: [(Body, "memberships")],
    Organisation: [(Body, "memberships__organisation"), (Meeting, "attendances__organisation")],
}


def _name_of_body(body):
    return [body.code, *_both("name")(body)]
