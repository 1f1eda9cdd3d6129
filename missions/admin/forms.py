"""What the forms of all records have in common."""

from django.forms import ModelForm

from missions.admin.widgets import WholeTexts
from missions.fields.dates import DATE_WITH_PRECISION, Precision
from missions.publication.gate import said_of_person
from missions.publication.personal_numbers import personal_number


class WithoutPersonalNumbers:
    """A form that takes nobody's resident, foreigner or passport number, in no text, whoever may read it."""

    def _post_clean(self):
        super()._post_clean()
        for name, text in list(self.cleaned_data.items()):
            if isinstance(text, str) and (words := personal_number(text)):
                self.add_error(name, said_of_person(words))


class RecordForm(WithoutPersonalNumbers, WholeTexts, ModelForm):
    """Base of the form of every record and of every part of one. It cuts no text off, and takes days as they are meant.

    A form with ``is_refused`` is shown again instead of being saved, whatever it holds. ``refusals`` are those of the
    gate, which refused the page a moment ago: each is said at the fields that hold its words, or above the form. One
    that ``is_part`` of a page leaves the latter to the page.
    """

    is_refused = False
    is_part = False
    refusals = ()

    def is_valid(self):
        """Find the errors as usual; whether the form may be saved."""
        return super().is_valid() and not self.is_refused and not self.refusals

    def _post_clean(self):
        super()._post_clean()
        for refusal in self.refusals:
            for model, name, text in refusal.places:
                if isinstance(self.instance, model) and name in self.fields and getattr(self.instance, name) == text:
                    self.add_error(name, refusal.said)
        if not self.errors and not self.is_part:  # it stands in a part, or in words that are only read
            for said in dict.fromkeys(refusal.said for refusal in self.refusals):
                self.add_error(None, said)

    def clean(self):
        """A day that is typed is that day, one that is taken out is unknown, unless the precision says otherwise.

        Where the two do not fit, the error is at the one to correct.
        """
        super().clean()
        given = self.cleaned_data
        for precision in [name for name in self.fields if name.endswith("_precision")]:
            day = precision.removesuffix("precision") + "on"
            if not {day, precision} <= given.keys():
                continue
            fits = (given[day] is None) == (given[precision] == Precision.UNKNOWN)
            if not fits and precision not in self.changed_data:
                exact, *_coarser = self.instance._meta.get_field(precision).flatchoices
                given[precision] = Precision.UNKNOWN if given[day] is None else exact[0]
            elif not fits:
                self.add_error(day if given[day] is None else precision, DATE_WITH_PRECISION)
        return given
