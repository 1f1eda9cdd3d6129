"""The short forms of the steps that end a difficulty, and of those that follow."""

from django import forms
from django.utils.translation import gettext_lazy

from missions.admin.difficulty.step_forms import StepForm, chooser, reported, texts
from missions.models import Confirmation, Difficulty, Organisation, Outcome

SHOWN = ("solution", "lesson")  # what the form that closes a difficulty begins with, from its record


def _as_stored(text):
    """A text as it was before a browser sent it: these write the ends of lines in their own way."""
    return text.replace("\r\n", "\n")


class CloseForm(StepForm):
    """How it ended, and what that outcome demands."""

    outcome = forms.ChoiceField(choices=[("", "---------"), *Outcome.choices], label=gettext_lazy("outcome"))
    solution = forms.CharField(
        label=gettext_lazy("solution"),
        help_text=gettext_lazy("For resolved, work-around and advice."),
        required=False,
        max_length=10_000,
        widget=forms.Textarea({"rows": 5}),
    )
    lesson = forms.CharField(
        label=gettext_lazy("lesson"), required=False, max_length=5000, widget=forms.Textarea({"rows": 3})
    )
    reason = forms.CharField(
        label=gettext_lazy("reason of the outcome"),
        help_text=gettext_lazy("For not resolvable, withdrawn and not a difficulty."),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )
    referred_to = forms.ModelChoiceField(
        Organisation.objects.all(),
        label=gettext_lazy("referred to"),
        required=False,
        widget=chooser(Difficulty, "referred_to"),
    )
    duplicate_of = forms.ModelChoiceField(
        Difficulty.objects.none(),
        label=gettext_lazy("duplicate of"),
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
        return typed | {"shown": {name: _as_stored(self.cleaned_data[f"shown_{name}"]) for name in SHOWN}}

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
    )
    note = forms.CharField(
        label=gettext_lazy("note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )


class ReopenForm(texts("reason", gettext_lazy("reason"))):
    """Why it is taken up again."""

    @classmethod
    def carried(cls, request):
        """The firm and the words of the form that files a difficulty: one that was closed has come back."""
        return {"reason": "\n".join(filter(None, reported(request)))}
