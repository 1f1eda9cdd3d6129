"""The forms of a difficulty. The one that files it finds the firm before it is made; both are saved or neither."""

import datetime

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from missions.admin.forms import RecordForm
from missions.admin.widgets import CurrencySelect
from missions.difficulties.progress import PASSED
from missions.fields.amounts import AmountField
from missions.fields.dates import today_in
from missions.fields.text import one_line
from missions.fields.validators import RegistrationNumberField, registration_digits
from missions.models import Body, Company, Difficulty, User
from missions.personal_data import numbers
from missions.personal_data.masking import masked_name

SHOWN = 8
AGAIN = datetime.timedelta(minutes=10)  # within which the same words are the same difficulty
CHANGE = "admin:missions_difficulty_change"
TEXTS = ["name_ko", "name_en", "registration_number", "contact", "telephone", "email"]
REACHED_BY = ["contact", "telephone", "email"]
CONSENTS = ["shares_with_mission", "shares_with_organisations", "may_be_named"]
NAMES = [*TEXTS, *CONSENTS]


class DifficultyForm(RecordForm):
    """What a record is checked for when it is typed, not whenever it is saved. A day left empty is counted."""

    class Meta:
        widgets = {"value_currency": CurrencySelect}
        field_classes = {"value_amount": AmountField}

    def clean_due_on(self):
        """A due day that is typed lies ahead; one that has passed since stays."""
        day = self.cleaned_data["due_on"]
        if day and "due_on" in self.changed_data and day < today_in(self.instance.time_zone):
            raise ValidationError(PASSED)
        return day


def _asked(name):
    of_its_own = {"form_class": RegistrationNumberField} if name == "registration_number" else {}
    field = Company._meta.get_field(name).formfield(required=False, **of_its_own)
    if name in TEXTS:
        field.widget.attrs["class"] = "vTextField"
    return field


class FilingForm(DifficultyForm):
    """Finds the firm that was described instead of chosen, or makes it.

    ``candidates``: firms it may be, to be answered by ``same_firm`` in the form: the key of one, or “none” of those.
    ``firm``: the firm to save, when the form is valid. ``left``: what was typed and does not fit its record.
    """

    filer, filer_address = None, ""
    firm_name_ko = _asked("name_ko")
    firm_name_en = _asked("name_en")
    firm_registration_number = _asked("registration_number")
    firm_contact = _asked("contact")
    firm_telephone = _asked("telephone")
    firm_email = _asked("email")
    firm_shares_with_mission = _asked("shares_with_mission")
    firm_shares_with_organisations = _asked("shares_with_organisations")
    firm_may_be_named = _asked("may_be_named")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.candidates, self.number_known, self.firm, self.left = [], False, None, []
        if "filed_through" not in self.fields and not self.instance.filed_through_id:
            self.instance.filed_through = Body.objects.staffed_by(self.filer).first()

    @property
    def same_firm(self):
        """The answer given."""
        return self.data.get("same_firm", "")

    @property
    def none_of_them(self):
        """The answer that none of the candidates is meant. It holds for these, and not where one has the number."""
        if self.number_known:
            return ""
        return "none-" + "-".join(str(firm.pk) for firm in self.candidates)

    def clean(self):
        """Look for the firm among those known; describe it where it is not."""
        cleaned = super().clean()
        self._refuse_twice(cleaned)
        typed = {name: one_line(self.data.get(f"firm_{name}", "")) for name in TEXTS}
        if not any(typed.values()):
            return cleaned
        if cleaned.get("company"):
            self.add_error("company", _("A firm is chosen here and another one described below. Clear one of the two."))
            return cleaned
        typed["registration_number"] = registration_digits(typed["registration_number"])
        known = Company.objects.visible_to(self.filer)
        self.candidates = list(known.perhaps(Company(**typed)).select_related("body")[:SHOWN])
        numbers = {firm.registration_number for firm in self.candidates if firm.registration_number}
        self.number_known = typed["registration_number"] in numbers
        for firm in self.candidates:
            firm.is_reachable = firm.is_reachable_by(self.filer)
            firm.masked_contact = masked_name(firm.contact) if firm.is_reachable else ""
        chosen = next((firm for firm in self.candidates if str(firm.pk) == self.same_firm), None)
        if chosen:
            cleaned["company"] = self._completed(chosen, cleaned)
        elif self.number_known:
            self.add_error(
                "firm_registration_number",
                _("A firm with this number is known already. Choose it above, or correct the number."),
            )
        elif self._unanswered():
            self.add_error("firm_name_ko", _("Firms like this one are known. Say above whether it is one of them."))
        else:
            self.firm = Company(**{name: cleaned[f"firm_{name}"] for name in NAMES if f"firm_{name}" in cleaned})
            self._check(self.firm)
        return cleaned

    def _refuse_twice(self, cleaned):
        """Tell a person who sends the same form again where it was filed. Two at once wait for each other."""
        User.objects.select_for_update().get(pk=self.filer.pk)
        same = {name: cleaned.get(name) for name in ("title", "account", "company")}
        lately = Difficulty.objects.filed_since(timezone.now() - AGAIN, by=self.filer)
        if all(same.values()) and (twin := lately.filter(**same).first()):
            link = format_html('<a href="{}">{}</a>', reverse(CHANGE, args=[twin.pk]), twin)
            said = _("You filed this a moment ago: {}. Open it, or change the title if this is another one.")
            self.add_error(None, format_html(said, link))

    def _unanswered(self):
        answer, *keys = self.same_firm.split("-")
        return bool(self.candidates) and not (
            answer == "none" and {str(firm.pk) for firm in self.candidates} <= set(keys)
        )

    def _completed(self, firm, cleaned):
        """A known firm; what its own body did not know of it is added, what differs is kept apart and told."""
        own = firm.body in Body.objects.staffed_by(self.filer)
        hidden = () if firm.is_reachable else REACHED_BY  # told alike whether they differ, or guesses would be answered
        for name in NAMES:
            label, value = self.fields[f"firm_{name}"].label, cleaned.get(f"firm_{name}")
            stored = getattr(firm, name)
            if own and value and not stored:
                setattr(firm, name, value)
                self.firm = firm
            elif (said := self.data.get(f"firm_{name}", "")) and name in TEXTS and (value != stored or name in hidden):
                self.left.append(f"{label}: {said}")
            self.errors.pop(f"firm_{name}", None)
        if self.firm:
            self._check(firm)
        return firm

    def _check(self, firm):
        """Check a firm by its model’s rules; what is wrong is said at the field it was typed in."""
        asked = {"by": self.filer, "address": self.filer_address}
        if "firm_registration_number" not in self.errors and (why := numbers.answer(firm.registration_number, **asked)):
            self.add_error("firm_registration_number", why)
        wrong = [name for name in NAMES if f"firm_{name}" in self.errors]
        try:
            firm.full_clean(exclude=["body", "sector", *wrong])
        except ValidationError as refused:
            for name, errors in refused.error_dict.items():
                field = "registration_number" if name == NON_FIELD_ERRORS else name
                self.add_error(f"firm_{field}", errors)
