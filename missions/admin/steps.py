"""The short forms of the steps, and the page on which one step is taken."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions import closing, relays, workflow
from missions.admin.widgets import ChooseOne
from missions.models import (
    Action,
    Body,
    Confirmation,
    Difficulty,
    Organisation,
    Outcome,
    RelayKind,
    User,
    WaitingOn,
)
from missions.validators import is_key


def _chooser(model, field):
    return ChooseOne(model._meta.get_field(field), admin.site)


class StepForm(forms.Form):
    """Base: nothing to fill in but the confirmation. ``body`` is the one whose staff may become owner."""

    def __init__(self, *args, difficulty, user, body, **kwargs):
        super().__init__(*args, **kwargs)
        self.difficulty, self.user, self.body = difficulty, user, body

    def values(self):
        """Keyword arguments of the verb."""
        return self.cleaned_data


def _texts(name, label):
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
            "organisation": _chooser(Action, "organisation"),
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


class RelayForm(StepForm):
    """To whom, for what."""

    to = forms.ModelChoiceField(Body.objects.none(), label=gettext_lazy("to which body"))
    kind = forms.ChoiceField(choices=RelayKind.choices, label=gettext_lazy("kind"), widget=forms.RadioSelect)
    asked = forms.CharField(label=gettext_lazy("what is asked"), max_length=5000, widget=forms.Textarea({"rows": 5}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Body.objects.exclude(pk=self.body.pk)


class CloseForm(StepForm):
    """How it ended, and what that outcome demands."""

    outcome = forms.ChoiceField(choices=Outcome.choices, label=gettext_lazy("outcome"))
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
        widget=_chooser(Difficulty, "referred_to"),
    )
    duplicate_of = forms.ModelChoiceField(
        Difficulty.objects.none(),
        label=gettext_lazy("duplicate of"),
        required=False,
        widget=_chooser(Difficulty, "duplicate_of"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["duplicate_of"].queryset = Difficulty.objects.visible_to(self.user)
        self.fields["solution"].initial = self.difficulty.solution
        self.fields["lesson"].initial = self.difficulty.lesson


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


FORMS = {
    "accept": OwnerForm,
    "assign": OwnerForm,
    "act": ActionForm,
    "wait": WaitForm,
    "relay": RelayForm,
    "take_over": OwnerForm,
    "return_leg": _texts("reason", gettext_lazy("reason")),
    "answer": _texts("text", gettext_lazy("answer")),
    "recall": _texts("reason", gettext_lazy("reason")),
    "close": CloseForm,
    "reopen": _texts("reason", gettext_lazy("reason")),
    "confirm": ConfirmForm,
}
VERBS = {
    name: getattr(module, name)
    for module in (workflow, relays, closing)
    for name in workflow.STEPS
    if hasattr(module, name)
}


def step_page(request, site, difficulty, name, leg_key=None):
    """Show the short form of a step, and take it. A refusal is shown with everything that was typed."""
    if name not in workflow.STEPS:
        raise Http404
    step = workflow.STEPS[name]
    leg = _leg(step, difficulty, leg_key)
    body = leg.receiver if name == "take_over" else difficulty.holder
    form = FORMS.get(name, StepForm)(request.POST or None, difficulty=difficulty, user=request.user, body=body)
    if request.method == "POST" and form.is_valid():
        try:
            seen = int(request.POST.get("seen") or 0)
            VERBS[name](leg or difficulty, by=request.user, seen=seen, **form.values())
        except ValueError:
            form.add_error(None, _("Reload the page, then try again."))
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(
                request, _("Done: %(step)s, %(difficulty)s") % {"step": step.label, "difficulty": difficulty}
            )
            return redirect(after(difficulty, request.user))
    latest = difficulty.events.order_by("-pk").values_list("pk", flat=True).first()
    context = {
        **site.each_context(request),
        "title": f"{step.label} · {difficulty.reference}",
        "opts": Difficulty._meta,
        "difficulty": difficulty,
        "step": step,
        "leg": leg,
        "form": form,
        "media": form.media,
        "seen": request.POST.get("seen", latest),
        "why_not": workflow.refusal(step, difficulty, request.user, leg=leg) if request.method == "GET" else None,
    }
    return render(request, "admin/missions/difficulty/step.html", context)


def _leg(step, difficulty, key):
    """The leg that a step is for, of this difficulty. Raises ``Http404`` where there is none."""
    if not step.kinds:
        return None
    leg = difficulty.relays.with_names().filter(pk=key).first() if is_key(key or "") else None
    if leg is None:
        raise Http404
    return leg


def after(difficulty, user):
    """Where to go after a step: back to the difficulty while the user may still see it."""
    if Difficulty.objects.visible_to(user).filter(pk=difficulty.pk).exists():
        return reverse("admin:missions_difficulty_change", args=[difficulty.pk])
    return reverse("admin:index")
