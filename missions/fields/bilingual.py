"""Texts in two columns, Korean and English, read through one name."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class KoreanText(str):
    """Korean shown to a reader of English because the English is still to be written."""

    __slots__ = ()


class OutdatedText(str):
    """English shown to a reader although the Korean was changed after it was written."""

    __slots__ = ()


def joined(between, texts):
    """Texts in one. It is Korean where one of them still is, and out of date where one of them is."""
    kinds = {type(text) for text in texts}
    kind = next((kind for kind in (KoreanText, OutdatedText) if kind in kinds), str)
    return kind(between.join(map(str, texts)))


def is_outdated(texts):
    """Whether one of some texts is English that may be out of date."""
    return any(isinstance(text, OutdatedText) for text in texts)


class OutdatedEnglish(models.CharField):
    """The names of the pairs of a row whose Korean was changed after their English was written, with spaces.

    Triggers of the database keep it, whoever changes the row and however: a form, a verb, a load, an update of many
    rows (``docs/adr/0046``). Another spacing is no change. Writing the English takes its
    pair out; saving a row leaves the column alone, because the row may have been read before somebody else changed it.
    """

    def __init__(self, *args, **kwargs):
        own = {"max_length": 200, "blank": True, "default": "", "db_default": "", "editable": False}
        super().__init__(*args, **kwargs | own)

    def deconstruct(self):
        """Leave out what every such column has."""
        name, path, args, kwargs = super().deconstruct()
        for option in ("max_length", "blank", "default", "db_default", "editable"):
            kwargs.pop(option, None)
        return name, path, args, kwargs

    def pre_save(self, model_instance, add):
        """What a copy brings along, or what stands in the database."""
        return super().pre_save(model_instance, add) if add else F(self.attname)


def outdated_index(name):
    """An index of the few rows with English out of date, for a table that grows."""
    return models.Index(fields=["id"], condition=~Q(outdated_english=""), name=f"{name}_english_outdated")


class Bilingual:
    """Read ``<name>_en`` for English readers and ``<name>_ko`` for everyone else.

    English is often still to be written, so an empty one falls back to Korean, as ``KoreanText``:
    templates mark that with ``lang="ko"``. English that may be out of date is an ``OutdatedText``: they say so.
    """

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return self
        korean = getattr(instance, f"{self.name}_ko")
        if get_language() != "en":
            return korean
        english = getattr(instance, f"{self.name}_en")
        # Where a list did not fetch the column, a question for each row would cost more than the mark is worth.
        if english and (outdated := instance.__dict__.get("outdated_english")) and self.name in outdated.split():
            return OutdatedText(english)
        return english or KoreanText(korean)


class Kept(Bilingual):
    """The name of something else as it was kept in two columns; its name of today where none was kept.

    ``path`` leads to that name: ``country.name``.
    """

    def __init__(self, path):
        self.path = path

    def __get__(self, instance, owner):
        if instance is None or getattr(instance, f"{self.name}_ko"):
            return super().__get__(instance, owner)
        first, *rest = self.path.split(".")
        row = getattr(instance, first) if getattr(instance, f"{first}_id") else None
        for name in rest:
            row = getattr(row, name, "")
        return row


def _korean(label):
    return format_lazy("{} ({})", label, _("Korean"))


def _english(label):
    return format_lazy("{} ({})", label, _("English"))


def short_pair(label, length=200, *, blank=False):
    """Two one-line columns, Korean and English. Only the Korean one may be required."""
    return (
        models.CharField(_korean(label), max_length=length, blank=blank),
        models.CharField(_english(label), max_length=length, blank=True),
    )


def kept_pair(label):
    """Two columns for a name as it was approved; nobody types it. Empty where nothing was approved."""
    options = {"max_length": 250, "blank": True, "default": "", "db_default": "", "editable": False}
    return models.CharField(_korean(label), **options), models.CharField(_english(label), **options)


def other_names(length=120, **options):
    """A column of what people call something besides its name, in any language: short names, other spellings."""
    help_text = _("What people call it, separated by commas. Readers find it by them.")
    return models.CharField(_("other names"), max_length=length, blank=True, help_text=help_text, **options)


def long_pair(label, length=10_000, *, blank=True, help_text="", **options):
    """Two columns of running text, Korean and English, of at most ``length`` characters in forms."""
    return (
        models.TextField(_korean(label), max_length=length, blank=blank, help_text=help_text, **options),
        models.TextField(_english(label), max_length=length, blank=True, **options),
    )


def in_korean_only(*names):
    """A condition: one of these pairs says something in Korean and nothing in English."""
    conditions = [Q(**{f"{name}_en": ""}) & ~Q(**{f"{name}_ko": ""}) for name in names]
    return reduce(or_, conditions)
