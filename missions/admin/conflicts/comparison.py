"""What others saved while somebody filled in a form: found field by field, and put beside what was typed."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from missions.admin.conflicts.differences import Difference, History, compared, of_field
from missions.admin.conflicts.form_values import Parts, put, stored, typed


class FormState:
    """The values that one person may change on a change form."""

    def __init__(self, form, formsets):
        self.form, self.record = form, form.instance
        self.values = stored(form)
        self.parts = [Parts(formset) for formset in formsets]

    def base(self):
        """All of it, as it goes out with the form and comes back with the answers."""
        parts = {parts.prefix: parts.stored() for parts in self.parts}
        return {"record": self.values, "parts": parts}


@dataclass
class Comparison:
    """What was typed into a form, brought up to what is stored.

    Where only others changed a field, ``data`` takes their value; where the person did, it keeps the person's.
    A ``base`` of None is one that cannot be trusted: all that differs from what is stored then counts as typed.
    ``moved_by_steps`` names fields that a step moves by itself: where only that happened, nobody is asked.
    """

    form_state: FormState
    base: dict | None
    data: object
    moved_by_steps: tuple = ()
    differences: list = field(default_factory=list)

    def __post_init__(self):
        wished = self.data.getlist("_take")
        self.data.pop("_take", None)
        self._compare_record(self._of("record"), wished)
        for parts in self.form_state.parts:
            try:
                rows = parts.posted(self.data)
            except ValueError:
                self.base, rows = None, []
            base = self._of("parts").get(parts.prefix, {})
            rows = take_theirs(parts, base, rows, wished)
            PartsComparison(parts, base, self.base is not None, self.differences).run(self.data, rows)

    def _of(self, kind):
        return (self.base or {}).get(kind, {})

    @property
    def refused(self):
        """Whether the person must look at the form again before anything is saved."""
        return self.base is None or bool(self.differences)

    @property
    def people(self):
        """Names of those who saved in between, each once."""
        changes = [difference.change for difference in self.differences]
        return list(dict.fromkeys(str(change.history_user) for change in changes if change and change.history_user))

    @cached_property
    def history(self):
        """Who saved what of the record itself."""
        return History(type(self.form_state.record), self.form_state.record.pk)

    def _compare_record(self, base, wished):
        for name, theirs in self.form_state.values.items():
            bound, was = self.form_state.form[name], base.get(name)
            if was is not None and name in wished:
                put(self.data, name, was)
            mine = typed(bound.field, self.data, name)
            changed = compared(bound.field, was, theirs, mine)
            if changed is None:
                continue
            if not changed:
                put(self.data, name, theirs)
                if name in self.moved_by_steps:
                    continue
            self.differences.append(
                of_field(
                    bound.field,
                    was,
                    theirs,
                    mine if changed else None,
                    label=bound.label,
                    change=self.history.of(name),
                    take=name if changed else "",
                    anchor=bound.id_for_label,
                )
            )


def take_theirs(parts, base, rows, wished):
    """Undo what was typed in parts where the other's value was preferred: the base is the other's value by then."""
    left = []
    for number, row in enumerate(rows):
        own = f"{parts.prefix}-{number}"
        if f"{own}-DELETE" in wished:
            row.texts.pop("DELETE", None)
        for name, texts in base.get(row.key, {}).items():
            if f"{own}-{name}" in wished or f"{own}-DELETE" in wished:
                row.texts[name] = texts
        if own not in wished or row.key:
            left.append(row)
    return left


class PartsComparison:
    """The comparison of the parts in one inline: changed, added and deleted ones."""

    def __init__(self, parts, base, known, differences):
        self.parts, self.base, self.known, self.differences = parts, base, known, differences
        self.after = []

    def run(self, data, rows):
        """Compare, and write the parts back in the order in which they are stored."""
        posted, added = {row.key: row for row in rows if row.key}, [row for row in rows if not row.key]
        for key, theirs in self.parts.stored().items():
            row = posted.pop(key, None) or self._the_only_one(key, added)
            self.after.append(row or self.parts.row(key))
            if row:
                self._compare_row(row, self.base.get(key), theirs)
            elif key not in self.base and not self._drop_repeated(theirs, added) and self.known:
                self._note(key, None, self.parts.in_words(theirs), remark=_("Added. The form below has it too."))
        for row in posted.values():
            self._compare_gone(row, self.base.get(row.key))
        self.parts.write(data, [*self.after, *added])

    def _the_only_one(self, key, added):
        """Of a part that a record has once, an added one is a version of the stored one."""
        if not self.parts.formset.fk.unique or not added:
            return None
        row = added.pop(0)
        row.key, row.texts[self.parts.key] = key, [key]
        return row

    def _drop_repeated(self, theirs, added):
        """A form sent twice adds its part once."""
        for row in added:
            if self.parts.same(self.parts.values(row), theirs):
                added.remove(row)
                return True
        return False

    def _compare_row(self, row, was, theirs):
        if row.deleted:
            if was is None or not self.parts.same(was, theirs):
                words = [None if was is None else self.parts.in_words(was), self.parts.in_words(theirs), _("Deleted")]
                self._note(row.key, *words, take="-DELETE")
            return
        mine, history, own = self.parts.values(row), None, f"{self.parts.prefix}-{len(self.after) - 1}"
        for name, asked in self.parts.fields.items():
            base = was.get(name) if was else None
            changed = compared(asked, base, theirs[name], mine[name])
            if changed is None:
                continue
            if not changed:
                row.texts[name] = theirs[name]
            history = history or History(self.parts.model, row.key)
            self.differences.append(
                of_field(
                    asked,
                    base,
                    theirs[name],
                    mine[name] if changed else None,
                    label=f"{self._label()} · {asked.label}",
                    change=history.of(name),
                    take=f"{own}-{name}" if changed else "",
                    anchor=f"id_{own}-{name}",
                )
            )

    def _compare_gone(self, row, was):
        """Keep a part that somebody else deleted where the person wrote on it, as one to be added."""
        if row.deleted and was is not None:
            return
        if self.known and was is None:
            self.after.append(row)  # Never on the form: Django refuses it.
            return
        key, row.key = row.key, ""
        if was is not None and self.parts.same(self.parts.values(row), was):
            remark = _("You did not change this. The form below no longer has it.")
            self.differences.append(
                Difference(
                    label=self._name(),
                    base=self.parts.in_words(was),
                    theirs=_("Deleted, or no longer open to you"),
                    mine=None,
                    change=History(self.parts.model, key).of(),
                    remark=remark,
                )
            )
            return
        if self.parts.key != self.parts.formset.fk.name:
            row.texts.pop(self.parts.key, None)
        self.after.append(row)
        if was is not None:
            self._note(
                key,
                self.parts.in_words(was),
                _("Deleted, or no longer open to you"),
                self.parts.in_words(self.parts.values(row)),
                take="",
            )

    def _note(self, key, base, theirs, mine=None, take=None, remark=""):
        """Note a difference of the part that was put into the form last, as a whole."""
        own = f"{self.parts.prefix}-{len(self.after) - 1}"
        change = History(self.parts.model, key).of()
        take = "" if take is None else own + take
        self.differences.append(Difference(self._label(), base, theirs, mine, change, take, own, remark))

    def _name(self):
        return capfirst(self.parts.model._meta.verbose_name)

    def _label(self):
        return f"{self._name()} #{len(self.after)}"
