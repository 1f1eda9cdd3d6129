"""Paths from a record to words: ``country__name`` leads to the name of its country in both languages."""

from django.db.models import ForeignKey

LANGUAGES = ("ko", "en")


def texts_at(record, path):
    """The texts at the end of a path that begins at a record. A bilingual text gives both its languages."""
    name, _dots, rest = path.partition("__")
    if not rest:
        names = [name] if hasattr(type(record), name) and not _is_bilingual(type(record), name) else _pair(name)
        return [getattr(record, each) for each in names]
    target = getattr(record, name, None)
    parts = target.all() if hasattr(target, "all") else [target]
    return [text for part in parts if part and not getattr(part, "has_ended", False) for text in texts_at(part, rest)]


def _pair(name):
    return [f"{name}_{language}" for language in LANGUAGES]


def _is_bilingual(model, name):
    return hasattr(model, f"{name}_ko")


def columns_at(model, path):
    """The columns at the end of a path; none where the path may lead to more than one record.

    Beside a pair stands the one that says whether its English may be out of date.
    """
    name, _dots, rest = path.partition("__")
    if not rest:
        return [*_pair(name), "outdated_english"] if _is_bilingual(model, name) else [name]
    relation = model._meta.get_field(name)
    if not isinstance(relation, ForeignKey):
        return []
    return [f"{name}__{column}" for column in columns_at(relation.related_model, rest)]
