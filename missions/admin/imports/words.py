"""What the cells of a list mean: words of people made into what a form of the desk is posted."""

import datetime
import difflib
import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from missions.admin.scope import visible
from missions.fields.firm_names import letters_of
from missions.fields.typed_days import DayField
from missions.models import DifficultyType, Sector

YES = {"y", "yes", "true", "1", "o", "○", "◯", "v", "✓", "√", "예", "네", "해당", "동의", "긴급", "있음", "사용"}
NO = {
    "n",
    "no",
    "false",
    "0",
    "x",
    "×",
    "-",
    "아니오",
    "아니요",
    "비해당",
    "미동의",
    "일반",
    "없음",
    "해당없음",
    "미사용",
}
SEVERAL = re.compile(r"[;/、\n]")
DAY_NUMBER = re.compile(r"[34][0-9]{4}|[5-6][0-9]{4}")  # days since 1899-12-30: of the years 1982 to 2091
NAMES = ["pk", "code", "slug", "name_ko", "name_en", "other_names"]
OFFERED = 6
BY_PART = (DifficultyType, Sector)  # few records, of which lists write a part of the name
ALSO_CALLED = {"report_source": {"협회": "association", "조합": "association", "단체": "association", "기업": "firm"}}


class Words:
    """Records and choices by what people call them, as far as one person may see them. Each is looked up once."""

    def __init__(self, user):
        self.user, self._known = user, {}

    def posted(self, field, text, told):
        """What a browser would post for a field of a model. ``told`` takes remarks. Raises ``ValidationError``."""
        if field.many_to_many:
            return list(map(str, self.rows(field.related_model, filter(str.strip, SEVERAL.split(text)), told)))
        if field.is_relation:
            return [str(self.row(field.related_model, text, told))]
        if isinstance(field, models.BooleanField):
            return ["on"] if _truth(text) else []
        if field.choices:
            return [self._choice(field, text, told)]
        if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
            return [_day(text, told)]
        return [text]

    def rows(self, model, texts, told=None):
        """The keys of the records that several texts name. Raises ``ValidationError`` with all that name none."""
        keys, wrong = [], []
        for text in texts:
            try:
                keys.append(self.row(model, text, told))
            except ValidationError as error:
                wrong += error.messages
        if wrong:
            raise ValidationError(wrong)
        return keys

    def row(self, model, text, told=None):
        """The key of the one record that a text names. Raises ``ValidationError`` with what may be meant."""
        known = self._rows(model)
        found = known.get(letters_of(text), {})
        if not found and model in BY_PART and (part := letters_of(text)[:60]) and len(part) > 1:
            found = {key: name for names, keys in known.items() if part in names for key, name in keys.items()}
            _tell(text, found, told)
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise ValidationError(
                _("“%(text)s” may be several: %(names)s. Write the whole name, or the code.")
                % {"text": text[:60], "names": ", ".join(sorted(found.values())[:OFFERED])}
            )
        raise ValidationError(_unknown(text, {name for keys in known.values() for name in keys.values()}))

    def _rows(self, model):
        if model not in self._known:
            columns = [name for name in NAMES if name == "pk" or name in {field.name for field in model._meta.fields}]
            known = {}
            for key, *called in visible(model, self.user).values_list(*columns):
                names = [str(key)]
                for column, text in zip(columns[1:], called, strict=True):
                    names += text.split(",") if column == "other_names" else [text or ""]
                shown = next((text for name, text in zip(columns[1:], called, strict=True) if name == "name_ko"), "")
                for name in names:
                    known.setdefault(letters_of(name), {})[key] = shown or str(key)
            known.pop("", None)
            self._known[model] = known
        return self._known[model]

    def _choice(self, field, text, told):
        if field not in self._known:
            called = {}
            for language in ("en", "ko"):
                with override(language):
                    called |= {letters_of(str(label)): value for value, label in field.flatchoices}
            self._known[field] = {letters_of(str(value)): value for value, _label in field.flatchoices} | called
        known = self._known[field]
        if letters_of(text) in ALSO_CALLED.get(field.name, {}):
            return ALSO_CALLED[field.name][letters_of(text)]
        if letters_of(text) not in known:
            near = {value: text for name, value in known.items() if len(text) > 1 and letters_of(text) in name}
            if len(near) == 1:
                value = next(iter(near))
                _tell(text, {value: str(dict(field.flatchoices)[value])}, told)
                return value
            raise ValidationError(_unknown(text, {str(label) for value, label in field.flatchoices if value}))
        return known[letters_of(text)]


def _tell(text, found, told):
    """Remark that a part of a name was taken for the whole."""
    if len(found) == 1 and told is not None:
        said = _("“%(text)s” was read as “%(name)s”.") % {"text": text[:60], "name": next(iter(found.values()))}
        told += [said] if said not in told else []


def _unknown(text, names):
    near = difflib.get_close_matches(text, names, OFFERED, 0.5) or (sorted(names) if len(names) <= OFFERED * 3 else [])
    said = _("“%(text)s” is not known here.") % {"text": text[:60]}
    known = _("Known: %(names)s.") % {"names": ", ".join(near)}
    return f"{said} {known}" if near else said


def _truth(text):
    word = text.strip().casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValidationError(_("Write 예 or 아니요 instead of “%(text)s”.") % {"text": text[:40]})


def _day(text, told):
    """A day as it is posted. A number is the day that a spreadsheet keeps by it; a time beside a day is left out."""
    written = re.sub(r"\s+[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?$", "", text.strip())
    if DAY_NUMBER.fullmatch(written):
        day = datetime.date(1899, 12, 30) + datetime.timedelta(days=int(written))
        told.append(
            _("The number %(number)s was read as the day %(day)s.") % {"number": written, "day": day.isoformat()}
        )
        return day.isoformat()
    return DayField().clean(written).isoformat()
