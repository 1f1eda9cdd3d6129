"""One search over everything that a person may see at the desk, kind by kind."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib import admin
from django.db.models import QuerySet
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from missions.admin.front.panels import change_page
from missions.fields.capped import Capped, shown
from missions.models import (
    ActionItem,
    Body,
    Company,
    Difficulty,
    EarlierCase,
    LocalInformation,
    Meeting,
    Minutes,
    Mission,
    Organisation,
    PublishedCase,
    Recipient,
    User,
)
from missions.search import staff as staff_search
from missions.search.highlight import highlighted, snippet
from missions.search.particles import may_be_cut, without_particles
from missions.search.staff_words import WAY, texts_of_difficulty

FEW, MANY = 5, 100  # hits of each kind; of one kind by itself
LONGEST = 200  # letters of a query that are looked at


@dataclass(frozen=True)
class Kind:
    """A kind of record that is found: what is said of each, and of which texts the part is shown that has the words.

    ``related`` fetches what these need, ``page`` gives the record whose page tells of one.
    """

    model: type
    remark: Callable
    texts: Callable
    related: Callable = field(default=QuerySet.all)
    page: Callable = field(default=lambda record: record)

    @property
    def name(self):
        """The kind in addresses and in permissions."""
        return self.model._meta.model_name

    @property
    def label(self):
        """Its records in words."""
        return capfirst(LABELS.get(self.model, self.model._meta.verbose_name_plural))


@dataclass(frozen=True)
class Hit:
    """One record found."""

    address: str
    title: str
    remark: str
    text: str


@dataclass(frozen=True)
class Group:
    """What was found of a kind: the first hits, and how many there are of all that the person may see."""

    kind: Kind
    hits: list
    found: int

    @property
    def count(self):
        """How many there are, as the page says it."""
        return shown(self.found)

    @property
    def more(self):
        """Whether there are further ones than those shown."""
        return self.found > len(self.hits)


LABELS = {User: _("people"), ActionItem: _("follow-ups and decisions")}


def _of_difficulty(record):
    firm = str(record.company) if record.company else ""
    return [record.get_stage_display(), record.get_outcome_display(), record.holder.code, str(record.country), firm]


def _both(*names):
    return lambda record: [getattr(record, f"{name}_{language}") for name in names for language in ("ko", "en")]


KINDS = [
    Kind(
        Difficulty,
        _of_difficulty,
        texts_of_difficulty,
        lambda rows: rows.with_names().select_related("company").prefetch_related("further_reports", *WAY),
    ),
    Kind(
        Company,
        lambda firm: [firm.name_en, firm.written_number, firm.region, firm.body.code],
        lambda firm: [],
        lambda rows: rows.select_related("body"),
    ),
    Kind(
        PublishedCase,
        lambda case: [case.get_state_display(), case.body.code, str(case.country)],
        _both("happened", "done", "lesson", "title"),
        lambda rows: rows.with_names(),
    ),
    Kind(
        Meeting,
        lambda meeting: [str(meeting.body or ""), str(meeting.held), meeting.get_status_display()],
        lambda meeting: [*_both("summary", "venue")(meeting), *(str(item) for item in meeting.agenda.all())],
        lambda rows: rows.with_names().prefetch_related("agenda"),
    ),
    Kind(
        Minutes,
        lambda minutes: [str(minutes.meeting.body or ""), str(minutes.meeting.held)],
        lambda minutes: [minutes.text, minutes.people],
        lambda rows: rows.select_related("meeting__body__mission"),
        lambda minutes: minutes.meeting,
    ),
    Kind(
        ActionItem,
        lambda item: [item.get_kind_display(), item.responsible, str(item.meeting)],
        lambda item: [],
        lambda rows: rows.with_names(),
    ),
    Kind(
        LocalInformation,
        lambda item: [item.body.code, str(item.country)],
        _both("text", "title"),
        lambda rows: rows.with_names(),
    ),
    Kind(Body, lambda body: [body.code, body.get_state_display()], _both("purpose", "former_name", "name")),
    Kind(
        Mission,
        lambda mission: [mission.get_kind_display(), str(mission.country)],
        _both("address", "city", "name"),
        lambda rows: rows.select_related("country"),
    ),
    Kind(
        Organisation,
        lambda organisation: [organisation.get_kind_display(), organisation.other_names],
        _both("name"),
    ),
    Kind(
        Recipient,
        lambda recipient: ["" if recipient.is_active else str(_("receives nothing"))],
        lambda recipient: [],
        lambda rows: rows.select_related("organisation"),
    ),
    Kind(
        User,
        lambda user: [user.username, ", ".join(posting.body.code for posting in user.posted)],
        lambda user: [],
        lambda rows: rows.with_postings(),
    ),
    Kind(
        EarlierCase,
        lambda case: [str(case.place), str(case.type), str(case.dated)],
        _both("happened", "done", "ending", "lesson"),
        lambda rows: rows.with_names(),
    ),
]
UNINDEXED = {
    User: ["name", "username"],
    Recipient: ["name", "organisation__name_ko", "organisation__name_en", "organisation__other_names"],
}  # of which there are so few that they need no index, with the columns that are looked through
BY_NAME = {kind.name: kind for kind in KINDS}


def search_page(request):
    """Show what was found of each kind; of one that the address names, more of it."""
    query = request.GET.get("q", "").strip()[:LONGEST]
    one = BY_NAME.get(request.GET.get("kind"))
    groups = found(query, request.user, [one] if one else KINDS, MANY if one else FEW)
    context = {
        "title": _("Search"),
        "query": query,
        "kind": one,
        "groups": groups,
        "most": MANY,
        "address": reverse("admin:search"),
    }
    return TemplateResponse(request, "admin/search.html", admin.site.each_context(request) | context)


def found(query, user, kinds, most):
    """Groups of what a person may see that has every word of a query; those without hits are left out."""
    kinds = [kind for kind in kinds if user.has_perm(f"missions.view_{kind.name}")]
    indexed = [kind for kind in kinds if kind.model in staff_search.INDEXED]
    scoped = [kind.model._default_manager.visible_to(user) for kind in indexed]
    rows = dict(zip(indexed, staff_search.find_in_each(scoped, query), strict=True))
    rows |= {kind: _few(kind, query, user) for kind in kinds if kind not in rows}
    groups = [_group(kind, rows[kind], query, most) for kind in kinds]
    return [group for group in groups if group.hits]


def _few(kind, query, user):
    """Of people and recipients. Their names may have particles, too."""
    everybody, columns = kind.model._default_manager.visible_to(user), UNINDEXED[kind.model]
    if not query:
        return everybody.none()
    found = staff_search.find_among_few(everybody, query, columns)
    if may_be_cut(query) and not found.exists():
        return staff_search.find_among_few(everybody, without_particles(query), columns)
    return found


def _group(kind, rows, query, most):
    records = list(kind.related(rows).annotate(found_in_all=Capped(rows))[:most])
    hits = [_hit(kind, record, query) for record in records]
    return Group(kind, hits, records[0].found_in_all if records else 0)


def _hit(kind, record, query):
    remark = " · ".join(dict.fromkeys(part for part in kind.remark(record) if part))
    title = str(record)
    parts = (snippet(text, query) for text in kind.texts(record) if text and text not in title)
    text = next((part for part, has_words in parts if has_words), "")
    return Hit(change_page(kind.page(record)), highlighted(title, query), highlighted(remark, query), text)
