"""What records have in common."""

from functools import cache

from django.db import models
from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils.encoding import force_str
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from missions.fields.bilingual import OutdatedEnglish
from missions.fields.order import InOrder
from missions.fields.stamps import PublicStamp
from missions.fields.text import lines, one_line


def telling_sources(rows):
    """Add ``has_sources`` to each row: without any, a body itself entered it."""
    link = rows.model._meta.get_field("sources")
    cited = link.remote_field.through._default_manager.filter(**{link.m2m_field_name(): OuterRef("pk")})
    return rows.annotate(has_sources=Exists(cited))


class ReferenceQuerySet(models.QuerySet):
    """Rows that everyone may read."""

    def by_name(self):
        """In the alphabet of the reader: by the English name where there is one, by the Korean one for all others."""
        name = F("name_ko")
        if get_language() == "en":
            name = Lower(Coalesce(NullIf("name_en", Value("")), name))
        return self.order_by(InOrder(name), "pk")

    def published(self):
        """Rows the public may read. Public pages start here and nowhere else."""
        return self

    def visible_to(self, user):
        """Rows one member of staff may open. Staff lists start here and nowhere else."""
        return self


class OfBodiesQuerySet(models.QuerySet):
    """Rows that belong to a body, reached by ``body_path``."""

    body_path = "body"

    def visible_to(self, user):
        """Rows of the bodies the user is posted to; every row for those who oversee all bodies."""
        if user.has_perm("missions.view_every_body"):
            return self
        return self.filter(**{f"{self.body_path}__in": user.posted_bodies()})

    def published(self):
        """Rows the public may read. Public pages start here and nowhere else."""
        return self


class History(HistoricalRecords):
    """The versions of a row, without what the database notes by itself."""

    def fields_included(self, model):
        """The columns that a version keeps."""
        return [
            field for field in super().fields_included(model) if not isinstance(field, PublicStamp | OutdatedEnglish)
        ]


class Tidy(models.Model):
    """A row whose texts come in through ``missions.fields.text``, whoever writes them: a form, a verb, a load."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Tidy what is written."""
        _tidy(self, kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def clean_fields(self, exclude=None):
        """Tidy before checking: a text of nothing that can be seen is an empty one."""
        _tidy(self, None)
        super().clean_fields(exclude=exclude)


def _tidy(row, names):
    for name, tidied in _typed_columns(type(row)):
        text = row.__dict__.get(name)  # a column that was not read stays unread
        if isinstance(text, str) and (names is None or name in names):
            row.__dict__[name] = tidied(text)


@cache
def _typed_columns(model):
    """Columns of text that somebody types, each with what tidies it."""
    kinds = ((models.TextField, lines), (models.CharField, one_line))
    return [
        (field.attname, tidied)
        for field in model._meta.concrete_fields
        for kind, tidied in kinds
        if isinstance(field, kind) and not field.choices and field.name != "password"
    ]


class Record(Tidy):
    """A row whose every change is kept with its author and moment."""

    updated_at = models.DateTimeField(_("last changed"), auto_now=True)
    history = History(inherit=True)

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field):  # noqa: N802 - as Django names it
        # Behind each get_…_display(): Django reads all choices of the field for every row of a list.
        value = getattr(self, field.attname)
        return force_str(_words(field).get(value, value), strings_only=True)


@cache
def _words(field):
    return dict(field.flatchoices)
