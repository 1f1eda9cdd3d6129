"""The short forms of the steps."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.admin.widgets import ChooseOne, WholeTexts
from missions.difficulties.clocks import within
from missions.fields.validators import is_key
from missions.models import (
    Action,
    Body,
    Company,
    RelayKind,
    User,
    WaitingOn,
)


def chooser(model, field):
    """The widget of a key that is found by typing."""
    return ChooseOne(model._meta.get_field(field), admin.site)


class StepForm(WholeTexts, forms.Form):
    """Base: nothing to fill in but the confirmation. ``body`` is the one whose staff may become owner.

    ``warning`` is what to consider before the step is taken.
    """

    warning = ""

    def __init__(self, *args, difficulty, user, body, **kwargs):
        super().__init__(*args, **kwargs)
        self.difficulty, self.user, self.body = difficulty, user, body

    @classmethod
    def carried(cls, request):
        """What was typed on another page, to begin the form with."""
        return {}

    def values(self):
        """Keyword arguments of the verb."""
        return self.cleaned_data

    def take(self, refused):
        """Say why the verb refused, at the field it is about where the form has that."""
        by_field = refused.error_dict if hasattr(refused, "error_dict") else {None: refused}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else None, errors)

    def show_anew(self):
        """Prepare to be shown again after a refusal."""


def texts(name, label):
    """A form class with one required text."""
    field = forms.CharField(label=label, max_length=5000, widget=forms.Textarea({"rows": 5}))
    return type(f"{name}Form", (StepForm,), {name: field})


class OwnerForm(StepForm):
    """Who is to own the difficulty."""

    owner = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("owner"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.visible_to(self.user).handling(self.body)
        self.fields["owner"].initial = self.user.pk


class ActionForm(StepForm, forms.ModelForm):
    """What an organisation did."""

    class Meta:
        model = Action
        fields = ["organisation", "kind", "done_on", "what"]
        widgets = {
            "organisation": chooser(Action, "organisation"),
            "done_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "what": forms.Textarea({"rows": 5}),
        }

    def values(self):
        """The action, complete but for its difficulty and who records it."""
        return {"action": self.instance}


class WaitForm(StepForm):
    """On whom, and for what."""

    waiting_on = forms.ChoiceField(choices=WaitingOn.choices, label=gettext_lazy("waiting on"))
    note = forms.CharField(label=gettext_lazy("for what"), max_length=2000, widget=forms.Textarea({"rows": 3}))
    until = forms.DateField(
        label=gettext_lazy("until when"),
        help_text=gettext_lazy("The day on which to ask again. Past it the difficulty counts as late."),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = self.difficulty.due_on


def reported(request):
    """The firm and its words in what the form that files a difficulty posts; empty where another page does."""
    chosen = request.POST.get("company", "")
    known = is_key(chosen) and Company.objects.visible_to(request.user).filter(pk=chosen).first()
    firm = known or request.POST.get("firm_name_ko") or request.POST.get("firm_name_en") or ""
    said = [request.POST.get(name, "").strip() for name in ("title", "account")]
    return str(firm), "\n".join(filter(None, said))


class AgainForm(StepForm):
    """Which further firm has the same difficulty."""

    firm = forms.CharField(label=gettext_lazy("which firm"), max_length=200)
    note = forms.CharField(
        label=gettext_lazy("what the firm says"), max_length=5000, widget=forms.Textarea({"rows": 5})
    )

    @classmethod
    def carried(cls, request):
        """The firm and the words of the form that files a difficulty: it turned out to be filed already."""
        firm, said = reported(request)
        return {"firm": firm, "note": said}


WITHHELD = gettext_lazy(
    "The firm has not agreed that its details go to other missions: they will not see whom to contact there. Ask the "
    "firm, then tick its consent in its record."
)


class RelayForm(StepForm):
    """To whom, for what."""

    to = forms.ModelChoiceField(Body.objects.none(), label=gettext_lazy("to which body"))
    kind = forms.ChoiceField(choices=RelayKind.choices, label=gettext_lazy("kind"), widget=forms.RadioSelect)
    asked = forms.CharField(label=gettext_lazy("what is asked"), max_length=5000, widget=forms.Textarea({"rows": 5}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Body.objects.exclude(pk=self.body.pk).order_by("scope", "code")  # home comes first
        (seen, answered), (soon, at_once) = within(False), within(True)
        self.fields["kind"].help_text = _(
            "Hand over: the other body becomes the holder once it takes over. Ask for help: yours stays the holder. "
            "Either is to be acknowledged within %(seen)d working days there and answered within %(answered)d, "
            "when urgent within %(soon)d and %(at_once)d. For information: to be acknowledged "
            "in the same time; there is nothing to answer, and the difficulty does not wait for it."
        ) % {"seen": seen, "answered": answered, "soon": soon, "at_once": at_once}
        firm = self.difficulty and self.difficulty.company
        if firm and not firm.shares_with_mission:
            self.warning = WITHHELD
