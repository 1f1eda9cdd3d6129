"""English that may be out of date: where it stands, and how somebody says that it still holds.

The database notes it (``missions.fields.bilingual.OutdatedEnglish``). Whoever writes the English anew settles it by
that; whoever finds that it still says what the Korean says, says so here, and the history keeps who did.
"""

import hashlib

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.db.models import TextField, Value
from django.db.models.functions import Cast

COLUMN = "outdated_english"


def tables():
    """The models whose pairs are watched."""
    return [model for model in apps.get_models() if _watched(model)]


def _watched(model):
    try:
        return not hasattr(model, "history_id") and bool(model._meta.get_field(COLUMN))
    except FieldDoesNotExist:
        return False


def outdated(user, most):
    """The rows with English out of date that a person may change, ``most`` of them, by table. One question at first."""
    mine = [model for model in tables() if user.has_perm(f"missions.change_{model._meta.model_name}")]
    asked = [
        model._default_manager.visible_to(user)
        .exclude(**{COLUMN: ""})
        .order_by()
        .values_list(Value(place), Cast("pk", TextField()))
        for place, model in enumerate(mine)
    ]
    if not asked:
        return []
    found = list(asked[0].union(*asked[1:], all=True)[:most]) if len(asked) > 1 else list(asked[0][:most])
    rows = []
    for place, model in enumerate(mine):
        if keys := [key for of, key in found if of == place]:
            rows += model._default_manager.filter(pk__in=keys).order_by("pk")
    return rows


def pairs(row):
    """The names of the pairs of a row whose English may be out of date."""
    return getattr(row, COLUMN).split()


def fingerprint(row, pair):
    """What somebody had before them who compared the two texts of a pair."""
    said = "\0".join(getattr(row, f"{pair}_{language}") for language in ("ko", "en"))
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


@transaction.atomic
def still_holds(row, pair, *, seen):
    """Take a pair out of those to be renewed, with a version in the history that says so.

    ``seen`` is its ``fingerprint`` on the page where that was decided. Returns whether it was so still.
    """
    rows = type(row)._base_manager.filter(pk=row.pk)
    row = rows.select_for_update(of=("self",)).first()
    if row is None or pair not in pairs(row) or fingerprint(row, pair) != seen:
        return False
    row._change_reason = f"English still holds: {pair}"
    row.save()
    rows.update(**{COLUMN: " ".join(name for name in pairs(row) if name != pair)})
    return True
