"""The short forms of the steps. A field is called as the argument of the verb that it is for."""

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.admin.difficulty.recording_forms import (
    ActionForm,
    AgainForm,
    CodeForm,
    CorrectForm,
    NoteForm,
    add_report_field,
    reported,
)
from missions.admin.difficulty.step_form import StepForm, chooser, long_text
from missions.difficulties.relays import unattended
from missions.fields.answer_times import within
from missions.fields.typed_days import DayField
from missions.fields.validators import is_key
from missions.models import (
    ASKED_BY_RELAY,
    Body,
    Confirmation,
    Difficulty,
    Organisation,
    Outcome,
    RelayKind,
    User,
    WaitingOn,
)

SHOWN = ("solution", "lesson")  # what the form that closes a difficulty begins with, from its record
KINDS = {
    RelayKind.HAND_OVER: gettext_lazy("the other body becomes the holder once it takes over."),
    RelayKind.HELP: gettext_lazy("your body stays the holder, and waits for the answer."),
    RelayKind.INFORMATION: gettext_lazy("it is only to be acknowledged; the difficulty does not wait for an answer."),
}
WITHHELD = gettext_lazy(
    "The firm has not agreed that its details go to other missions: they will not see whom to contact there. Ask the "
    "firm, then tick its consent in its record."
)

TAKEN_ALL_THE_SAME = gettext_lazy(
    "Choose another body, or send the form again to relay it all the same: both ministries see on the page of the "
    "bodies’ health that it waits there."
)


class OwnerForm(StepForm):
    """Who is to own the difficulty."""

    owner = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("owner"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.visible_to(self.user).handling(self.body)
        self.fields["owner"].initial = self.user.pk


class WaitForm(StepForm):
    """On whom, and for what. A body is not among them: it is asked by a relay, which the page leads to."""

    waiting_on = forms.ChoiceField(
        choices=[choice for choice in WaitingOn.choices if choice[0] not in ASKED_BY_RELAY],
        label=gettext_lazy("waiting on"),
    )
    note = long_text(gettext_lazy("for what"), rows=3, longest=2000)
    until = DayField(
        label=gettext_lazy("until when"),
        help_text=gettext_lazy(
            "The day on which it is your turn again: to ask, or to go on. Past it the difficulty counts as late. "
            "Empty only where it waits on nobody."
        ),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = None if self.difficulty.counted_from else self.difficulty.due_on
        address = reverse("admin:missions_difficulty_step", args=[self.difficulty.pk, "relay"])
        self.fields["waiting_on"].help_text = format_html(
            '{} <a href="{}">{}</a>',
            _("A ministry has it under its turn. This site tells nothing to an authority, a firm or an organisation."),
            address,
            _("Another body is asked by a relay."),
        )


class RelayForm(StepForm):
    """To whom, for what. A body where it may be left lying is asked back once, and then taken."""

    to = forms.ModelChoiceField(Body.objects.none(), label=gettext_lazy("to which body"))
    kind = forms.ChoiceField(choices=RelayKind.choices, label=gettext_lazy("kind"), widget=forms.RadioSelect)
    asked = long_text(gettext_lazy("what is asked"))
    asked_back = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Body.objects.exclude(pk=self.body.pk).order_by("scope", "code")  # home comes first
        self.fields["to"].label_from_instance = self._called
        self.fields["kind"].choices = [(value, f"{label}: {KINDS[value]}") for value, label in RelayKind.choices]
        (seen, answered), (soon, at_once) = within(False), within(True)
        self.fields["kind"].help_text = _(
            "To be acknowledged within %(seen)d working days there, and, unless it is for information, taken over or "
            "answered within %(answered)d; when urgent within %(soon)d and %(at_once)d."
        ) % {"seen": seen, "answered": answered, "soon": soon, "at_once": at_once}
        firm = self.difficulty and self.difficulty.company
        if firm and not firm.shares_with_mission:
            self.warning = WITHHELD

    @cached_property
    def _serving(self):
        country = self.difficulty and self.difficulty.country
        return {*Body.objects.serving(country).values_list("pk", flat=True)} if country else frozenset()

    def _called(self, body):
        """The name of a body, and that it serves the country where the difficulty is."""
        if body.pk not in self._serving:
            return str(body)
        return f"{body} · {_('Serves %(country)s') % {'country': self.difficulty.country}}"

    @classmethod
    def carried(cls, request):
        """The body that the address names: the page of a difficulty leads so to the one that serves its country."""
        return {"to": request.GET["to"]} if is_key(request.GET.get("to", "")) else {}

    def clean(self):
        """Ask back where it may be left lying; the same form sent again is meant."""
        cleaned = super().clean()
        to, told = cleaned.get("to"), cleaned.pop("asked_back", "")
        if to and told != str(to.pk) and (why := unattended(to)):
            self.add_error("to", f"{why} {TAKEN_ALL_THE_SAME}")
            self.data = self.data.copy()
            self.data["asked_back"] = str(to.pk)
        return cleaned


class ReasonForm(StepForm):
    """Why a relay ends, or a difficulty is taken up again."""

    reason = long_text(gettext_lazy("reason"))


class AnswerForm(StepForm):
    """What the body that was asked for help, or the ministry, answers."""

    text = long_text(gettext_lazy("answer"))


class CloseForm(StepForm):
    """How it ended, and what that outcome demands."""

    outcome = forms.ChoiceField(choices=[("", "---------"), *Outcome.choices], label=gettext_lazy("outcome"))
    solution = long_text(
        gettext_lazy("solution"),
        help_text=gettext_lazy("For resolved, work-around and advice."),
        required=False,
        longest=10_000,
    )
    lesson = long_text(
        gettext_lazy("lesson"),
        help_text=gettext_lazy("What others should watch for. May stay empty."),
        required=False,
        rows=3,
    )
    reason = long_text(
        gettext_lazy("reason of the outcome"),
        help_text=gettext_lazy("For not resolvable, withdrawn and not a difficulty."),
        required=False,
        rows=3,
        longest=2000,
    )
    referred_to = forms.ModelChoiceField(
        Organisation.objects.all(),
        label=gettext_lazy("referred to"),
        help_text=gettext_lazy("Where the outcome is “referred”."),
        required=False,
        widget=chooser(Difficulty, "referred_to"),
    )
    duplicate_of = forms.ModelChoiceField(
        Difficulty.objects.none(),
        label=gettext_lazy("duplicate of"),
        help_text=gettext_lazy("Where the outcome is “duplicate”."),
        required=False,
        widget=chooser(Difficulty, "duplicate_of"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["duplicate_of"].queryset = Difficulty.objects.visible_to(self.user).exclude(pk=self.difficulty.pk)
        for name in SHOWN:
            stands = getattr(self.difficulty, name)
            self.fields[name].initial = stands
            self.fields[f"shown_{name}"] = forms.CharField(
                required=False, strip=False, initial=stands, widget=forms.HiddenInput
            )

    def values(self):
        """Keyword arguments of the verb, with what the page showed."""
        typed = {name: value for name, value in self.cleaned_data.items() if not name.startswith("shown_")}
        return typed | {"shown": {name: self.cleaned_data[f"shown_{name}"] for name in SHOWN}}

    def show_anew(self):
        """Take what the record says by now for shown; what was typed stays."""
        self.data = self.data.copy()
        for name in SHOWN:
            self.data[f"shown_{name}"] = getattr(self.difficulty, name)


class ConfirmForm(StepForm):
    """What the firm says."""

    confirmation = forms.ChoiceField(
        choices=[choice for choice in Confirmation.choices if choice[0] != Confirmation.NOT_ASKED],
        label=gettext_lazy("company’s confirmation"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Where the firm disagrees, the difficulty is taken up again. Write why below."),
    )
    note = long_text(gettext_lazy("note"), required=False, rows=3, longest=2000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        add_report_field(self)


class ReopenForm(ReasonForm):
    """Why it is taken up again."""

    @classmethod
    def carried(cls, request):
        """The firm and the words of the form that files a difficulty: one that was closed has come back."""
        return {"reason": "\n".join(str(part) for part in reported(request) if part)}


STEP_FORMS = {
    "review": StepForm,
    "accept": OwnerForm,
    "assign": OwnerForm,
    "act": ActionForm,
    "correct": CorrectForm,
    "note": NoteForm,
    "wait": WaitForm,
    "reply": AnswerForm,
    "again": AgainForm,
    "code": CodeForm,
    "relay": RelayForm,
    "acknowledge": StepForm,
    "take_over": OwnerForm,
    "return_leg": ReasonForm,
    "answer": AnswerForm,
    "recall": ReasonForm,
    "close": CloseForm,
    "reopen": ReopenForm,
    "confirm": ConfirmForm,
}
