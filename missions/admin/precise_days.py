"""Days that are typed together with how precisely they are known."""

from missions.fields.dates import DATE_WITH_PRECISION, Precision


class PreciseDays:
    """Part of a form: a precision left as it is follows the day, and what does not fit is said at its field."""

    def clean(self):
        """A day that is typed is that day, one that is taken out is unknown, unless the precision says otherwise."""
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
