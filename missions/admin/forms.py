"""What the forms of all records have in common."""

from django.forms import ModelForm

from missions.admin.widgets import WholeTexts
from missions.fields.dates import DATE_WITH_PRECISION, Precision


class RecordForm(WholeTexts, ModelForm):
    """Base of the form of every record and of every part of one. It cuts no text off, and takes days as they are meant.

    A form with ``is_refused`` is shown again instead of being saved, whatever it holds.
    """

    is_refused = False

    def is_valid(self):
        """Find the errors as usual; whether the form may be saved."""
        return super().is_valid() and not self.is_refused

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
                given[precision] = Precision.UNKNOWN if given[day] is None else Precision.DAY
            elif not fits:
                self.add_error(day if given[day] is None else precision, DATE_WITH_PRECISION)
        return given
