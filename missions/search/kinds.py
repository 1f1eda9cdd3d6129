"""Which words of which published records the public search finds, kind by kind, in the order of its page."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from missions.models import (
    Agreement,
    Body,
    Discrepancy,
    EarlierCase,
    LegalProvision,
    LocalInformation,
    Meeting,
    Mission,
    Organisation,
    PublishedCase,
    ReportedResult,
    Service,
    Source,
    SupportProgramme,
)
from missions.search.other_names import words_of_kind
from missions.search.paths import LANGUAGES

PLACE_OF_MEETING = ("body__mission__city", "body__mission__other_names")
NONE = "none"  # stands in an address for rows that have no value


@dataclass(frozen=True)
class Kind:
    """A kind of record that readers find.

    ``title``, ``text`` and ``beside`` are paths to the words by which a record is found: ``country__name`` is the
    name of its country in both languages. The index is written again when any record on a path changes.
    A hit prints ``beside`` with its title. ``precise`` is the attribute that holds its day with its precision.
    ``key`` is the attribute by which it is known wherever it is loaded; ``columns`` are further ones that a hit needs.
    ``conditions`` are filters that the index itself answers: the name of each, and the paths to its values.
    """

    model: type
    label: str
    title: tuple
    text: tuple
    day: str = ""
    conditions: dict = field(default_factory=dict)
    beside: tuple = ()
    precise: str = ""
    key: str = "key"
    columns: tuple = ()
    more_titles: Callable = field(default=lambda record: [])
    more_texts: Callable = field(default=lambda record: [])
    rows: Callable = None
    anchor: str = ""
    many: bool = False  # the rows grow in number with the programme's work
    shows_day: bool = True  # whether a hit prints ``day``: the day of its publication says nothing about a case
    outside: bool = False  # what it tells of is none of the programme's own work
    minor: bool = False  # its hits always come after those of the other kinds

    @property
    def paths(self):
        """The paths to all words by which readers find a record."""
        return (*self.title, *self.text, *self.beside)

    @property
    def needed(self):
        """The columns that a hit needs besides those on its paths."""
        return {*self.columns, self.key} & {field.name for field in self.model._meta.concrete_fields}

    @property
    def name(self):
        """The kind as it stands in the index and in addresses."""
        return self.model._meta.model_name

    def published(self):
        """The rows that readers may find, whatever the index holds."""
        rows = self.model.objects.published()
        return self.rows(rows) if self.rows else rows

    def address(self, record):
        """The address of a record's page, or of the part of a page that shows it."""
        return reverse("missions:programme") + self.anchor if self.anchor else record.get_absolute_url()


def _names_of_meeting(meeting):
    """The names of a meeting, such as “제3차 회의” and “3rd meeting”: they are made of its number."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found += [meeting.name, str(meeting.get_kind_display())]
    return found


def kind_of_organisation(organisation):
    """What an organisation is, as it is shown and as firms ask for it: 변호사 finds law firms."""
    found = [words_of_kind(organisation)]
    for language in LANGUAGES:
        with translation.override(language):
            found.append(str(organisation.get_kind_display()))
    return found


def kinds_of_seats(body):
    """The same of every organisation that sits on a body."""
    seats = [seat for seat in body.memberships.all() if not seat.has_ended]
    return [words for seat in seats for words in kind_of_organisation(seat.organisation)]


KINDS = {
    kind.name: kind
    for kind in [
        Kind(
            Mission,
            _("Missions"),
            title=("name", "city", "other_names"),
            text=("covers__name", "covers__other_names", "country__other_names", "address"),
            beside=("country__name",),
            conditions={"country": ("country__pk", "covers__pk"), "body": ("body__pk",)},
            key="slug",
        ),
        Kind(
            Body,
            _("Bodies"),
            title=("name", "code", "former_name", "mission__city", "mission__other_names"),
            text=(
                *("purpose", "memberships__helps", "mission__country__other_names"),
                *("memberships__organisation__name", "memberships__organisation__other_names"),
            ),
            more_texts=kinds_of_seats,
            beside=("mission__name", "mission__country__name"),
            day="launched_on",
            precise="launched",
            conditions={"country": ("mission__country__pk", "mission__covers__pk"), "body": ("pk",)},
            key="code",
        ),
        Kind(
            PublishedCase,
            _("Cases"),
            title=("title",),
            text=(
                *("happened", "done", "lesson", "reference", "sector_name", "country__other_names"),
                *("actors__what", "actors__name", "actors__organisation__other_names", "type__other_names"),
            ),
            beside=("country_name", "type_name"),
            day="approved_at",
            shows_day=False,
            conditions={
                **{name: (f"{name}__pk",) for name in ("country", "type", "sector", "body")},
                "outcome": ("outcome",),
                "year": ("approved_at",),
                "closed": ("closed_month",),
            },
            key="reference",
            many=True,
        ),
        Kind(
            EarlierCase,
            _("Earlier cases"),
            title=("happened",),
            text=(
                *("done", "ending", "lesson", "by_whom", "sector", "country__other_names", "countries_also__name"),
                *("countries_also__other_names", "type__other_names"),
            ),
            beside=("country__name", "type__name"),
            day="dated_on",
            precise="dated",
            conditions={
                "country": ("country__pk", "countries_also__pk"),
                "type": ("type__pk",),
                "outcome": ("outcome",),
                "certainty": ("certainty",),
                "year": ("dated_on",),
            },
            outside=True,
        ),
        Kind(
            LocalInformation,
            _("Local information"),
            title=("title",),
            text=("text", "country__other_names", "topic__other_names"),
            beside=("country__name", "topic__name"),
            many=True,
            day="issued_on",
            conditions={**{name: (f"{name}__pk",) for name in ("country", "topic", "body")}, "month": ("issued_on",)},
        ),
        Kind(
            Meeting,
            _("Meetings"),
            title=("label", "body__name", "body__code"),
            text=(
                *("summary", "venue", "agenda__topic", "participants", *PLACE_OF_MEETING),
                *("attendances__organisation__name", "attendances__organisation__other_names"),
            ),
            day="held_on",
            conditions={"country": ("body__mission__country__pk",), "body": ("body__pk",)},
            precise="held",
            columns=("number", "kind"),
            many=True,
            more_titles=_names_of_meeting,
        ),
        Kind(
            Organisation,
            _("Organisations"),
            title=("name", "other_names"),
            text=("country__other_names",),
            beside=("country__name",),
            conditions={"country": ("country__pk",)},
            key="slug",
            rows=lambda rows: rows.named(),
            more_texts=kind_of_organisation,
        ),
        Kind(
            Service,
            _("Official services"),
            title=("name",),
            text=("purpose", "users", "note"),
            conditions={"type": ("types__pk",)},
            outside=True,
        ),
        Kind(
            SupportProgramme,
            _("Support programmes"),
            title=("name",),
            text=("summary", "note", "organisations__name"),
            anchor="#schemes",
            minor=True,
        ),
        Kind(
            Agreement,
            _("Agreements"),
            title=("name",),
            text=("place", "note", "commitments__text"),
            day="signed_on",
            precise="signed",
            anchor="#agreements",
            minor=True,
        ),
        Kind(LegalProvision, _("Legal basis"), title=("topic", "law"), text=("summary",), anchor="#legal", minor=True),
        Kind(
            ReportedResult,
            _("Announced results"),
            title=("scope",),
            text=("note",),
            day="as_of_on",
            rows=lambda rows: rows.announced(),
            anchor="#results",
            minor=True,
        ),
        Kind(
            Discrepancy,
            _("Where sources disagree"),
            title=("topic",),
            text=("claims", "shown"),
            conditions={"body": ("bodies__pk",)},
            key="anchor",
            minor=True,
        ),
        Kind(
            Source,
            _("Sources"),
            title=("title", "publisher"),
            text=("quote", "note"),
            day="dated_on",
            precise="dated",
            outside=True,
            minor=True,
        ),
    ]
}
