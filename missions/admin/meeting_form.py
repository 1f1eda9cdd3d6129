"""The form of a meeting: told from others, on the clocks of its place, with no hour in the night by mistake."""

import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from missions.admin.forms import RecordForm
from missions.admin.local_time import MomentThere, in_korea
from missions.fields.dates import KOREA, Precision
from missions.fields.validators import YEARS, is_key
from missions.models import Body

USUAL = datetime.time(7), datetime.time(22)  # hours at which a meeting is not asked back, both included
TELLING = ["held_on", "number", "label_ko", "label_en"]  # what tells a meeting from the others of its body


class MeetingForm(RecordForm):
    """A meeting of a body: its ``MomentThere`` fields are on the body's clocks, or Korea's without a body.

    An hour in the night that is newly typed is asked back once; what the form showed and nobody changed stays.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        body = self._body()
        for name, field in self._moments():
            field.zone, field.place = (body.time_zone, body.short_name) if body else (KOREA, _("Korea"))
            field.help_text = _help(field, self.initial.get(name), self.is_bound or body or self.instance.pk)

    def _moments(self):
        return [(name, field) for name, field in self.fields.items() if isinstance(field, MomentThere)]

    def _body(self):
        if "body" not in self.fields:
            return self.instance.body
        key = str(self["body"].value() or "")
        return Body.objects.select_related("mission").filter(pk=key).first() if is_key(key) else None

    def clean(self):
        """Keep what nobody changed; let a start say its day; ask back an hour in the night, and one told by nothing.

        A meeting that lost its day later is told by its history.
        """
        self._take_day_of_start()
        given = super().clean()
        for name, field in self._moments():
            if name not in given:
                continue
            if name not in self.changed_data:
                given[name] = self.initial.get(name)
            elif given[name] and given[name].year in YEARS:
                self._ask(name, field, given[name])
        if self.instance.pk is None and not any(given.get(name) or name in self.errors for name in TELLING):
            told = _("Write the day of the meeting. Where it is not known yet, its number or label.")
            self.add_error("held_on", told)
        return given

    def _take_day_of_start(self):
        """A start says on which day it is, where no day was typed or taken out."""
        given, on = self.cleaned_data, {"held_on", "held_precision"}
        start = given.get("starts_at")
        if start and start.year in YEARS and on <= given.keys() and not (given["held_on"] or on & {*self.changed_data}):
            day = start.astimezone(ZoneInfo(self.fields["starts_at"].zone)).date()
            given |= {"held_on": day, "held_precision": Precision.DAY}

    def _ask(self, name, field, moment):
        there = field.prepare_value(moment)
        twice = moment.utcoffset() != moment.replace(fold=1).utcoffset()
        if USUAL[0] <= there.time() <= USUAL[1] and not twice:
            return
        field.widget.asked = there.isoformat(timespec="minutes")
        if field.widget.confirmed == field.widget.asked:
            return
        words = {"time": date_format(there, "TIME_FORMAT"), "place": field.place, "korea": in_korea(moment)}
        said = (
            _("%(time)s in %(place)s is %(korea)s in Korea.") if field.zone != KOREA else _("It is %(time)s at night.")
        )
        asked = [said % words, _("Tick the box if this hour is meant, or correct it.")]
        if twice:
            asked.insert(1, _("This hour comes twice that night, as the clocks go back: the first time is taken."))
        self.add_error(name, " ".join(asked))


def _help(field, stored, is_settled):
    """On whose clocks a field is, and what Korea's show at the stored moment."""
    if not is_settled:
        return _("On the clocks of the body’s place; without a body, on Korea’s.")
    said = _("On the clocks of %(place)s (%(zone)s).") % {"place": field.place, "zone": field.zone}
    if not stored or field.zone == KOREA:
        return said
    in_korea_too = _("In Korea: %(time)s.") % {"time": in_korea(stored)}
    return f"{said} {in_korea_too}"
