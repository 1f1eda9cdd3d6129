"""What one row of a list would do: its cells go through the form of the desk, as if somebody typed them."""

import hashlib
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db.models import BooleanField
from django.http import QueryDict
from django.utils.translation import gettext as _

from missions.admin.conflicts.form_values import in_words, put, same, stored
from missions.admin.imports.words import Words
from missions.fields.firm_names import letters_of
from missions.models import Verdict
from missions.personal_data.masking import MASKED
from missions.sheets.columns import Kind


class Wrong(Exception):
    """A row cannot be taken in: the column and what is wrong there; ``others`` are further pairs of these."""

    def __init__(self, name, said, *others):
        self.parts = [(name, said), *others]
        super().__init__(said)


@dataclass
class Outcome:
    """What a row would do. ``form`` is valid where it would do something; ``firm`` is one to be made with it."""

    verdict: str
    said: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    name: str = ""
    fingerprint: str = ""
    form: object = None
    firm: object = None
    parts: list = field(default_factory=list)

    @property
    def promise(self):
        """What must not have changed between the preview and the writing."""
        return [self.verdict, [[str(part) for part in change] for change in self.changes]]


def _heads(wrong):
    """The columns of which something is said."""
    return {head for head, *_said in wrong}


def _no_sense(value):
    """Takes the place of what a field makes of a cell without sense, which is told already."""
    raise ValidationError("")


def _is_yes_or_no(field):
    return isinstance(field, BooleanField)


class Importer:
    """Looks at the rows of one list. Subclasses know what a kind of record needs besides its form.

    Forms, and with them every check and every scope, are those of ``model_admin``.
    """

    def __init__(self, model_admin, request, batch, kind: Kind):
        self.admin, self.request, self.batch, self.kind = model_admin, request, batch, kind
        self.words, self.blank, self.seen = Words(request.user), None, {}
        self.fields = {}
        for column in kind.taken:
            try:
                found = kind.model._meta.get_field(column.name)
            except FieldDoesNotExist:
                continue
            if found.editable:
                self.fields[column.name] = found

    def outcome(self, row):
        """What a row would do."""
        cells = {name: row.cells[place] for name, place in self.batch.places.items() if place < len(row.cells)}
        told, wrong = [], self._odd(row)
        stored_row = self._tried(wrong, self.find, cells)
        posted = self._posted(cells, told, wrong)
        is_sure = not {self.kind.head(self.kind.column(name)) for name in self.kind.key} & _heads(wrong)
        made = self._tried(wrong, self.beside, cells, posted, told) or {}
        outcome = self._judged(row, cells, stored_row, posted, made, told, wrong, is_sure=is_sure)
        outcome.name = self.name_of(cells)[:300]
        return outcome

    def _tried(self, wrong, hook, *given):
        """What a hook gives; None where it refuses, and then ``wrong`` has why."""
        try:
            return hook(*given)
        except Wrong as error:
            wrong += [self._at(*part) for part in error.parts]
            return None

    def find(self, cells):
        """The record that a row is about, or None for another one. Raises ``Wrong``."""
        raise NotImplementedError

    def beside(self, cells, posted, told):
        """What belongs to a record and is no field of it; it may change ``posted``. Raises ``Wrong``."""
        return {}

    def name_of(self, cells):
        """What a row is called in the preview."""
        return next((cells[name] for name in ("title", "name_ko", "label_ko", "email") if cells.get(name)), "")

    def told_apart(self, cells, made):
        """The words by which a row is the same as another one of the list."""
        return [cells.get(name, "") for name in self.kind.key]

    def twin(self, cells, instance, made):
        """A verdict and a sentence where a new row may be there already; None where not."""
        return

    def new(self):
        """A record without anything in it."""
        return self.kind.model()

    def write(self, outcome):
        """Write what a row would do, by the hooks of its page at the desk. Returns the record."""
        form, change = outcome.form, outcome.form.instance.pk is not None
        row = form.save(commit=False)
        row._change_reason = f"import {self.batch.pk}"
        self.admin.save_model(self.request, row, form, change)
        self.admin.save_related(self.request, form, [], change)
        return row

    def _judged(self, row, cells, stored_row, posted, made, told, wrong, *, is_sure):
        """The outcome, with all that is wrong at once. ``is_sure``: it is known whether the record is there already."""
        is_new = is_sure and stored_row is None
        if is_new and not self.admin.has_add_permission(self.request):
            wrong.append([_("You may not enter such records.")])
        if is_new:
            lacking = [each.name for each in self.kind.taken if self._lacks(each, cells)]
            wrong += self._untold(wrong, [self._at(name, _("This is needed.")) for name in lacking])
        mark = self._fingerprint(cells, made)
        if not wrong and (first := self._earlier(row, mark)):
            said = _("The same as line %(line)d of the list. Left out.") % {"line": first}
            return Outcome(Verdict.SAME, [[said]], fingerprint=mark)
        form, changes = self._form(stored_row, posted, made)
        wrong += self._refused(form, stored_row, posted, made, wrong, is_sure=is_sure)
        changes += made.get("changes", [])
        if changes and stored_row and not self.admin.has_change_permission(self.request, stored_row):
            wrong.append([_("You may read this record, and not change it.")])
        if wrong:
            return Outcome(Verdict.WRONG, wrong, fingerprint=mark)
        self.seen.setdefault(mark, row.line)
        verdict = Verdict.NEW if is_new else Verdict.CHANGED if changes else Verdict.SAME
        told = [[sentence] for sentence in told]
        if is_new and (doubt := made.get("doubt") or self.twin(cells, form.instance, made)):
            verdict, sentence = doubt
            told.append([sentence])
        outcome = Outcome(verdict, told, [] if is_new else changes, fingerprint=mark, form=form)
        outcome.firm, outcome.parts = made.get("firm"), made.get("parts", [])
        return outcome

    def _lacks(self, column, cells):
        return column.needed and column.name not in self.filled_by_itself and not cells.get(column.name)

    filled_by_itself = ()
    told_by = {}  # of a column that may fit several records: the one that tells them apart, which then speaks for it

    def _posted(self, cells, told, wrong):
        """What a browser would post for the cells that say something, by the name of the field.

        None where a cell makes no sense, and where another one speaks for it.
        """
        posted = {}
        for name, text in cells.items():
            if text and name in self.fields and cells.get(self.told_by.get(name)):
                posted[name] = None
            elif text and name in self.fields:
                try:
                    posted[name] = self.words.posted(self.fields[name], text, told)
                except ValidationError as error:
                    posted[name] = None
                    wrong += self._untold(wrong, [self._at(name, *error.messages)])
        return posted

    def _form(self, stored_row, posted, made):
        """The bound form, and what it changes."""
        names, shown = list(self.fields), None
        if stored_row is None:
            instance = self.new()
            if self.blank is None:
                maker = self.admin.get_form(self.request, None, fields=names)
                self.blank = maker, stored(maker(instance=self.new()))
            maker, base = self.blank
        else:
            maker, instance = self.admin.get_form(self.request, stored_row, fields=names), stored_row
            shown = maker(instance=instance)
            base = stored(shown)
        data = QueryDict(mutable=True)
        changes = []
        for name, texts in base.items():
            now = texts if posted.get(name) is None else posted[name]
            put(data, name, now)
            if stored_row is not None and name in posted and not same(shown.fields[name], texts, now):
                changes.append(self._told(shown.fields[name], name, texts, now))
        form = maker(data, instance=instance)
        for name in posted.keys() & form.fields.keys():
            if posted[name] is None:
                form.fields[name].clean = _no_sense
        return form, changes

    def _told(self, asked, name, old, new):
        """A change in words; what a contact was stays masked."""
        was = in_words(asked, old)
        return [str(asked.label), MASKED[name](was) if name in MASKED else was, in_words(asked, new)]

    def _refused(self, form, stored_row, posted, made, wrong, *, is_sure):
        """What the form refuses, but for what is said already, and what may only follow from that."""
        errors = self._errors(form, posted, wrong, is_sure=is_sure)
        unclear = {name: ["on"] for name, texts in posted.items() if texts is None and _is_yes_or_no(self.fields[name])}
        if errors and unclear:  # what a yes would mend is no mistake of its own
            agreed, _changes = self._form(stored_row, posted | unclear, made)
            errors = [each for each in errors if each in self._errors(agreed, posted, wrong, is_sure=is_sure)]
        return errors

    def _errors(self, form, posted, wrong, *, is_sure):
        """What a form refuses: of columns that the row leaves empty only where it is known whether it needs them."""
        asked = {name for name in form.errors if is_sure and name != NON_FIELD_ERRORS} - posted.keys()
        told = [name for name in form.errors if name in asked or posted.get(name) is not None]
        found = [self._at(name, *map(str, form.errors[name])) for name in told]
        if not wrong and NON_FIELD_ERRORS in form.errors:
            found.append(self._at("", *map(str, form.errors[NON_FIELD_ERRORS])))
        return self._untold(wrong, found)

    def _untold(self, wrong, found):
        """Those of some mistakes in whose column none is told yet."""
        heads = _heads(wrong)
        return [each for each in found if each[0] not in heads]

    def _odd(self, row):
        """What was odd about the cells when the file was read."""
        places = {str(place): name for name, place in self.batch.places.items()}
        return [self._at(places.get(place, ""), said) for place, said in row.odd.items() if place in {*places, "None"}]

    def _at(self, name, *said):
        """What is wrong: a column as it is headed, and a sentence."""
        known = {column.name: self.kind.head(column) for column in self.kind.columns}
        return [known.get(name, ""), " ".join(said)]

    def _fingerprint(self, cells, made):
        told = "\n".join(letters_of(part) for part in self.told_apart(cells, made))
        return hashlib.sha256(told.encode()).hexdigest()[:40] if told.strip() else ""

    def _earlier(self, row, mark):
        """The line of an earlier row of the list that says the same; those just looked at are not written yet."""
        if not mark:
            return None
        if (line := self.seen.get(mark, row.line)) < row.line:
            return line
        alike = self.batch.rows.filter(fingerprint=mark, line__lt=row.line).exclude(verdict=Verdict.WRONG)
        return alike.values_list("line", flat=True).first()
