"""Values of a form as a browser posts them: lists of texts, compared, put into words, and written back unchanged."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.forms import BooleanField, CheckboxInput, ChoiceField, ModelChoiceField, ModelMultipleChoiceField
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from missions.fields.text import lines


def stored(form, besides=()):
    """What an unbound form shows in the fields that a person may change: texts by name."""
    names = [name for name, field in form.fields.items() if not field.disabled and name not in besides]
    return {name: _texts(form[name]) for name in names}


def _texts(bound):
    value = bound.value()
    if isinstance(bound.field, BooleanField):
        return ["on"] if value else []
    if isinstance(bound.field, ModelMultipleChoiceField):
        offered = bound.field.queryset.filter(pk__in=value).values_list("pk", flat=True) if value else []
        return [str(key) for key in offered]
    if isinstance(value, datetime.datetime):
        return [value.strftime("%Y-%m-%dT%H:%M")]
    if isinstance(value, datetime.date | datetime.time):
        return [value.isoformat()]
    return ["" if value is None else str(value)]


def typed(field, data, key):
    """What was posted for a field, in the same manner."""
    if isinstance(field, BooleanField):
        return ["on"] if CheckboxInput().value_from_datadict(data, {}, key) else []
    return data.getlist(key) if isinstance(field, ModelMultipleChoiceField) else [data.get(key, "")]


def put(data, key, texts):
    """Write texts in place of what was posted."""
    data.pop(key, None)
    if texts:
        data.setlist(key, texts)


def same(field, one, other):
    """Whether two values mean the same. What the door for text takes away, and the order of choices, do not count."""
    if isinstance(field, BooleanField | ModelMultipleChoiceField):
        return set(one) == set(other)
    one, other = _plain(one), _plain(other)
    if one == other or isinstance(field, ModelChoiceField):
        return one == other
    try:
        return field.to_python(one) == field.to_python(other)
    except ValidationError:
        return False


def _plain(texts):
    return lines("".join(texts[:1]))


def in_words(field, texts):
    """A value as its reader knows it; of a row that the reader may not see, only that there is one."""
    if isinstance(field, BooleanField):
        return _("Yes") if texts else _("No")
    if isinstance(field, ModelChoiceField):
        return ", ".join(_name(field, text) for text in texts if text)
    if isinstance(field, ChoiceField):
        names = {str(key): str(name) for key, name in flatten_choices(field.choices)}
        return ", ".join(names.get(text, text) for text in texts if text)
    return "\n".join(texts)


def _name(field, text):
    if "\0" in text:
        return _("(not open to you)")
    try:
        row = field.queryset.get(**{field.to_field_name or "pk": text})
    except (ValueError, TypeError, ValidationError, ObjectDoesNotExist):
        return _("(not open to you)")
    return str(field.label_from_instance(row))


@dataclass
class PostedPart:
    """A part as posted: the key of its stored row, or “” for an added one, and its texts by name."""

    key: str
    texts: dict

    @property
    def deleted(self):
        """Whether its deletion was asked for."""
        return bool(self.texts.get("DELETE"))


class Parts:
    """The parts of a record in one inline: as stored, and as somebody posted them."""

    def __init__(self, formset):
        self.formset, self.prefix, self.model = formset, formset.prefix, formset.model
        self.key = self.model._meta.pk.name
        self.besides = {self.key, formset.fk.name, "DELETE", "ORDER"}
        self.blank = formset.empty_form
        self.fields = {
            name: field for name, field in self.blank.fields.items() if not field.disabled and name not in self.besides
        }
        self.forms = {str(form.instance.pk): form for form in formset.initial_forms}

    def stored(self):
        """Texts by name, by the key of each stored part."""
        return {key: stored(form, self.besides) for key, form in self.forms.items()}

    def row(self, key):
        """A stored part as the browser of an idle reader would post it."""
        form = self.forms[key]
        texts = {self.key: [key], self.formset.fk.name: _texts(form[self.formset.fk.name])}
        for name, value in stored(form, self.besides).items():
            texts[name] = value
            if self.fields[name].show_hidden_initial:
                texts[f"initial-{name}"] = value
        return PostedPart(key, texts)

    def posted(self, data):
        """The posted parts in their order. Raises ``ValueError`` where their numbers make no sense."""
        initial, total = (int(data.get(f"{self.prefix}-{count}_FORMS", "")) for count in ("INITIAL", "TOTAL"))
        if not 0 <= initial <= total <= self.formset.absolute_max:
            raise ValueError(total)
        rows = []
        for number in range(total):
            texts = {}
            for name in {*self.blank.fields, "DELETE"}:
                for kind in ("", "initial-"):
                    key = f"{kind}{self.prefix}-{number}-{name}"
                    if key in data:
                        texts[kind + name] = data.getlist(key)
            rows.append(PostedPart(texts.get(self.key, [""])[-1] if number < initial else "", texts))
        return rows

    def write(self, data, rows):
        """Write parts in place of the posted ones: stored rows first, added ones behind."""
        for key in [key for key in data if self._is_of_a_row(key)]:
            del data[key]
        rows.sort(key=lambda row: not row.key)
        for number, row in enumerate(rows):
            for name, texts in row.texts.items():
                kind = "initial-" if name.startswith("initial-") else ""
                put(data, f"{kind}{self.prefix}-{number}-{name.removeprefix(kind)}", texts)
        data[f"{self.prefix}-INITIAL_FORMS"] = str(sum(bool(row.key) for row in rows))
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(rows))

    def _is_of_a_row(self, key):
        rest = key.removeprefix("initial-")
        return rest.startswith(f"{self.prefix}-") and rest[len(self.prefix) + 1 :].partition("-")[0].isdigit()

    def values(self, row):
        """The texts of a posted part, those of its ticked boxes and empty fields included."""
        return {
            name: (["on"] if row.texts.get(name) else [])
            if isinstance(field, BooleanField)
            else row.texts.get(name, [] if isinstance(field, ModelMultipleChoiceField) else [""])
            for name, field in self.fields.items()
        }

    def same(self, one, other):
        """Whether two parts say the same in every field."""
        return all(same(field, one.get(name, [""]), other.get(name, [""])) for name, field in self.fields.items())

    def in_words(self, values):
        """A whole part in lines of “field: value”, empty fields left out."""
        said = {field.label: in_words(field, values.get(name, [""])) for name, field in self.fields.items()}
        return "\n".join(f"{label}: {value}" for label, value in said.items() if value)
