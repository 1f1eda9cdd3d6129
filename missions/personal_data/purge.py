"""Erases contacts of firms whose difficulties were closed long ago, wherever the words stand. Figures stay.

Erased are contact person, telephone and e-mail of a firm, the present and all former values: in the firm's own row and
its history, and wherever they were typed. Numbers and addresses are looked for in every free text of the desk. The
name of a person may be anybody's: it is looked for in what was written about the firm's difficulties, at meetings that
discussed them, and in handover notes of the bodies that held them. Into files nobody looks: those of the firm's
difficulties are erased whole, and leave their names.
"""

import re
from collections import defaultdict
from contextlib import contextmanager

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from missions.files import attaching
from missions.models import (
    Access,
    Action,
    ActionItem,
    Attachment,
    CaseRemark,
    Company,
    Difficulty,
    DifficultyEvent,
    Discussion,
    Distribution,
    FurtherReport,
    HandoverNote,
    InformationEvent,
    Linkage,
    LoadedRow,
    Meeting,
    Minutes,
    PeriodReport,
    Relay,
    SavedView,
    Stage,
)
from missions.personal_data import accesses
from missions.publication import firm_keys
from missions.search import staff as staff_search

COLUMNS = ["contact", "telephone", "email"]
EMPTY = dict.fromkeys(COLUMNS, "")
ERASED = "[삭제]"
LAST = {"file": "purge", "key": "last"}  # the row that remembers when it was done
TITLES = re.compile(r"(대표이사|대표|사장|이사|부장|차장|과장|대리|주임|사원|팀장|실장|본부장|담당자|담당|님|씨)$")
RUN = re.compile(r"[0-9０-９](?:[\W_]{0,3}[0-9０-９])*")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
LEAST, TAIL = 7, 8  # digits of a telephone number, and those that tell it, whatever code stands before them
# Free texts of the desk, each with the paths on which a name may stand there: to a difficulty, or to a body.
TEXTS = {
    Difficulty: "pk",
    Action: "difficulty",
    Relay: "difficulty",
    DifficultyEvent: "difficulty",
    FurtherReport: "difficulty",
    Linkage: "difficulty",
    Attachment: ("difficulty", "meeting"),
    ActionItem: "meeting",
    Minutes: "meeting",
    Meeting: "pk",
    HandoverNote: "body",
    CaseRemark: None,
    InformationEvent: None,
    Distribution: None,
    SavedView: None,
}


def due(before):
    """Firms with a contact to erase: none of their difficulties is open or was worked on since a moment.

    A firm without any difficulty is due when its row was last changed before that moment.
    """
    further = FurtherReport.objects.filter(company=OuterRef(OuterRef("pk"))).values("difficulty")
    of_firm = Difficulty.objects.filter(Q(company=OuterRef("pk")) | Q(pk__in=further))
    worked_on = Q(difficulty__company=OuterRef("pk")) | Q(difficulty__in=further)
    recent = DifficultyEvent.objects.filter(worked_on, at__gte=before)
    known = ~Q(**EMPTY) | Exists(Company.history.filter(id=OuterRef("pk")).exclude(**EMPTY))
    firms = Company.objects.filter(known).exclude(Exists(of_firm.exclude(stage=Stage.CLOSED))).exclude(Exists(recent))
    return firms.filter(Exists(of_firm) | Q(updated_at__lt=before)).order_by("pk")


def texts_with_contacts(firms):
    """Each free text that holds words to erase: the row, the name of the column, and the text without them."""
    known = _Contacts(firms)
    for model, path in TEXTS.items():
        for rows in _with_history(model):
            names = [field.name for field in rows.model._meta.fields if _is_text(field)]
            for row in rows.iterator():
                patterns = known.names_in(model, path, row)
                for name in names:
                    text = getattr(row, name) or ""
                    if (left := known.without(text, patterns)) != text:
                        yield row, name, left
    yield from _reports(known)


def _reports(known):
    """The same of issued reports, whose words lie in a tree. A report of all bodies may name the people of each."""
    everywhere = [pattern for patterns in known.places["body"].values() for pattern in patterns]
    for row in PeriodReport.objects.order_by("pk").iterator():
        patterns = known.places["body"].get(row.body_id, []) if row.body_id else everywhere
        for name in ("reason", "pages"):
            if (left := _each_text(getattr(row, name), lambda text, p=patterns: known.without(text, p))) != getattr(
                row, name
            ):
                yield row, name, left


def _each_text(tree, change):
    """A tree of JSON with each of its texts changed."""
    if isinstance(tree, dict):
        return {key: _each_text(value, change) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_each_text(value, change) for value in tree]
    return change(tree) if isinstance(tree, str) else tree


def note():
    """Remember that a purge was done, also one that found nothing to erase."""
    LoadedRow.objects.update_or_create(**LAST, defaults={"values": {"at": timezone.now().isoformat()}})


@transaction.atomic
def erase(before):
    """Erase the contacts of all firms that are due. Returns the firms, and how many further texts and files went."""
    firms = list(due(before).select_for_update(of=("self",)))
    if not firms:
        return [], 0, 0
    changed, reworded = 0, []
    with _changeable(DifficultyEvent), _changeable(InformationEvent), _changeable(PeriodReport):
        for row, name, left in texts_with_contacts(firms):
            type(row)._base_manager.filter(pk=row.pk).update(**{name: left})
            changed += 1
            reworded.append(row)
    files = [file for file in files_of(firms) if attaching.remove(file, because=ERASED)]
    keys = [firm.pk for firm in firms]
    Company.history.filter(id__in=keys).update(**EMPTY)
    Company.objects.filter(pk__in=keys).update(**EMPTY)
    firm_keys.keep(*firms)
    staff_search.keep(*reworded, *Difficulty.objects.filter(company__in=keys))
    for firm in firms:
        accesses.record(Access.PURGE, firm)
    return firms, changed, len(files)


def files_of(firms):
    """The files of all difficulties that some firms reported."""
    theirs = Q(difficulty__company__in=firms) | Q(difficulty__further_reports__company__in=firms)
    return Attachment.objects.present().filter(theirs).distinct()


class _Contacts:
    """What to look for: numbers and addresses of all the firms, names of people where each firm was dealt with."""

    def __init__(self, firms):
        keys = [firm.pk for firm in firms]
        self.numbers, self.emails, names = set(), set(), defaultdict(set)
        for firm in [*firms, *Company.history.filter(id__in=keys)]:
            key = firm.id
            names[key] |= set(_words_of(firm.contact))
            self.numbers |= {digits[-TAIL:] for digits in map(_digits, _numbers_of(firm.telephone))}
            self.emails |= {firm.email.casefold()} - {""}
        places = {"difficulty": [], "meeting": [], "body": []}
        for path in ("company", "further_reports__company"):
            behind = {f"difficulty__{path}__in": keys}
            held = DifficultyEvent.objects.filter(**behind).order_by()
            places["difficulty"] += Difficulty.objects.filter(**{f"{path}__in": keys}).values_list("pk", path)
            for rows in (Discussion.objects.filter(**behind), ActionItem.objects.filter(**behind)):
                places["meeting"] += rows.values_list("meeting", f"difficulty__{path}")
            places["body"] += held.values_list("to_holder", f"difficulty__{path}").distinct()
        self.places = {kind: _gathered(found, names) for kind, found in places.items()}

    def names_in(self, model, path, row):
        """Patterns of the names that may stand in a row."""
        if isinstance(path, tuple):  # a row of one of several wholes
            return [pattern for each in path for pattern in self.names_in(model, each, row)]
        kind = {Difficulty: "difficulty", Meeting: "meeting"}.get(model, path)
        if kind is None:
            return []
        key = row.id if path == "pk" else getattr(row, f"{path}_id")
        return self.places[kind].get(key, [])

    def without(self, text, patterns):
        """A text without what is looked for."""
        for pattern in patterns:
            text = pattern.sub(ERASED, text)
        text = EMAIL.sub(lambda found: ERASED if found[0].casefold() in self.emails else found[0], text)
        return RUN.sub(lambda found: ERASED if self._tells(_digits(found[0])) else found[0], text)

    def _tells(self, digits):
        return any(digits[at : at + size] in self.numbers for size in (LEAST, TAIL) for at in range(len(digits)))


def _with_history(model):
    """All rows of a table, and all versions of them where there is a history."""
    return [model._base_manager.all(), *([model.history.all()] if hasattr(model, "history") else [])]


def _gathered(places, names):
    """The patterns by place."""
    found = defaultdict(set)
    for place, firm in places:
        found[place] |= names[firm]
    return {
        place: [re.compile(rf"(?<!\w){re.escape(word)}", re.IGNORECASE) for word in sorted(words)]
        for place, words in found.items()
    }


def _words_of(contact):
    """The names of people in a contact, without their titles."""
    bare = [TITLES.sub("", word) for word in re.split(r"[\s/,·()]+", contact)]
    return [word for word in bare if len(word) > 1]


def _numbers_of(telephone):
    return [number for number in re.split(r"[/,;]", telephone) if len(_digits(number)) >= LEAST]


def _digits(text):
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())


def _is_text(field):
    is_written = field.name not in ("sha256", "stored_as") and not field.choices and not field.primary_key
    return is_written and isinstance(field, models.CharField | models.TextField)


@contextmanager
def _changeable(model):
    """Let an append-only table be changed, inside a transaction; nobody else sees it without its guards."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_kept")
            yield
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_kept")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            return
        guards = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s AND name LIKE '%%_kept'"
        found = cursor.execute(guards, [table]).fetchall()
        for name, _made in found:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, made in found:
            cursor.execute(made)
