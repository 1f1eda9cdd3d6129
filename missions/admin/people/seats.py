"""Seats entered together on one page: each is compared with the others as typed, not as they are stored."""

import datetime
from itertools import combinations

from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext as _


class ApartFormSet(BaseInlineFormSet):
    """Refuses two rows for the same holder of the same seat whose periods overlap."""

    alike = ()

    def full_clean(self):
        """Let each row compare itself only with rows that are not on the page."""
        together = frozenset(form.instance.pk for form in self.initial_forms)
        for form in self.forms:
            form.instance.beside = together
        super().full_clean()

    def save(self, commit=True):
        """Write what ends before what begins: the database never sees two open rows of one seat."""
        stored = self.initial_form_count()
        self.forms[:stored] = sorted(self.forms[:stored], key=self._stays_open)
        return super().save(commit)

    def clean(self):
        """Compare every two rows of which at least one was typed into."""
        super().clean()
        rows = [form for form in self.forms if self._counts(form)]
        for first, second in combinations(rows, 2):
            typed = first.has_changed() or second.has_changed()
            if typed and self._seat(first) == self._seat(second) and _overlap(first.instance, second.instance):
                name = str(second.cleaned_data[self.alike[0]])
                raise ValidationError(
                    _("%(name)s is entered twice for periods that overlap. Keep one, or end one before the other.")
                    % {"name": name}
                )

    def _stays_open(self, form):
        deleted = self.can_delete and self._should_delete_form(form)
        return not deleted and form.instance.until_on is None

    def _counts(self, form):
        deleted = self.can_delete and self._should_delete_form(form)
        return form.is_valid() and not deleted and (form.has_changed() or form.instance.pk)

    def _seat(self, form):
        return [form.cleaned_data[name] for name in self.alike]


def _overlap(first, second):
    """Whether two periods share a day; an end that is not known lies open."""
    early, late = datetime.date.min, datetime.date.max
    begins = max(first.since_on or early, second.since_on or early)
    return begins <= min(first.until_on or late, second.until_on or late)


class MembershipFormSet(ApartFormSet):
    """Seats of organisations on a body."""

    alike = ("organisation", "post")
