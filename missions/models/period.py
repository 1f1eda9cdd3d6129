"""Records that last from one day to another."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q


class Lasting(models.Model):
    """A seat that somebody holds from a day until a day. Two rows of the same seat share no day.

    ``seat`` names the fields that make it the same seat. Either end may be open or unknown.
    """

    seat = ()
    overlap = ""  # the sentence for a row that shares a day with another
    beside = frozenset()  # keys of rows saved together with this one: their form compares them as typed

    class Meta:
        abstract = True

    def clean(self):
        """Refuse a period that overlaps another of the same seat."""
        super().clean()
        keys = {name: getattr(self, self._meta.get_field(name).attname) for name in self.seat}
        if None in keys.values() or "" in keys.values():
            return
        others = type(self)._default_manager.filter(**keys).exclude(pk__in={self.pk, *self.beside})
        if self.until_on:
            others = others.exclude(since_on__gt=self.until_on)
        if self.since_on:
            others = others.filter(Q(until_on=None) | Q(until_on__gte=self.since_on))
        if others.exists():
            raise ValidationError(self.overlap)

    def validate_constraints(self, exclude=None):
        """Leave the seat's one open period to ``clean``, which also knows what is saved together with this row."""
        super().validate_constraints(exclude={*(exclude or ()), *self.seat})
