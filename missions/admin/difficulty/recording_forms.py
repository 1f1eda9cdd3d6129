"""The forms of the steps that record something: actions and their correction, notes, reports of further firms."""

from django import forms
from django.utils.translation import gettext_lazy

from missions.admin.difficulty.step_form import StepForm, chooser, long_text
from missions.difficulties.progress import in_words
from missions.difficulties.workflow import recorded
from missions.fields.typed_days import DayField
from missions.fields.validators import is_key
from missions.models import Action, Company


class ActionForm(StepForm, forms.ModelForm):
    """What an organisation did."""

    class Meta:
        model = Action
        fields = ["organisation", "kind", "done_on", "what"]
        field_classes = {"done_on": DayField}
        widgets = {
            "organisation": chooser(Action, "organisation"),
            "done_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "what": forms.Textarea({"rows": 5}),
        }

    def values(self):
        """The action, complete but for its difficulty and who records it."""
        return {"action": self.instance}


class CorrectForm(ActionForm):
    """Which record is wrong and why; for an action, what is right instead where something is."""

    record = forms.ChoiceField(label=gettext_lazy("what was recorded wrongly"), widget=forms.RadioSelect)
    reason = long_text(gettext_lazy("what was wrong"), rows=3, longest=2000)
    field_order = ["record", "reason"]

    class Meta(ActionForm.Meta):
        help_texts = {
            "organisation": gettext_lazy(
                "Only where an action took place, but otherwise: fill in all four fields as they are right."
            )
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ActionForm.Meta.fields:
            self.fields[name].required, self.initial[name] = False, None
        self.known = {
            f"{row._meta.model_name}-{row.pk}": row
            for rows in recorded(self.difficulty)
            for row in rows.not_withdrawn()
        }
        self.fields["record"].choices = [(key, in_words(row)) for key, row in self.known.items()]

    def values(self):
        """The record, the reason, and the action that takes its place where one was filled in."""
        given = self.cleaned_data
        right = self.instance if any(given.get(name) for name in ActionForm.Meta.fields) else None
        return {"record": self.known[given["record"]], "reason": given["reason"], "right": right}


class NoteForm(StepForm):
    """What is to stand on the time line."""

    text = long_text(gettext_lazy("text of the note"))


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
    note = long_text(gettext_lazy("what the firm says"))

    @classmethod
    def carried(cls, request):
        """The firm and the words of the form that files a difficulty: it turned out to be filed already."""
        firm, said = reported(request)
        return {"firm": firm, "note": said}
