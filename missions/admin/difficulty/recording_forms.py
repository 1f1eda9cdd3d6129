"""The forms of the steps that record something: actions and their correction, notes, reports of further firms."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.admin.difficulty.filing import keep_firm
from missions.admin.difficulty.step_form import StepForm, chooser, long_text
from missions.difficulties.progress import in_words, may_be_told, own_body
from missions.difficulties.workflow import recorded
from missions.fields.typed_days import DayField
from missions.fields.validators import is_key
from missions.models import Action, ActionKind, Company, Difficulty, today_of

MOST_ALIKE = 5  # known firms that a new one may be


class ActionForm(StepForm, forms.ModelForm):
    """What an organisation did."""

    class Meta:
        model = Action
        fields = ["organisation", "kind", "done_on", "what"]
        field_classes = {"done_on": DayField}
        help_texts = {
            "kind": gettext_lazy("A linkage to support is recorded on the difficulty’s page, with its scheme.")
        }
        widgets = {
            "organisation": chooser(Action, "organisation"),
            "done_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "what": forms.Textarea({"rows": 5}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.recorded_by = self.user
        self.fields["kind"].choices = [pair for pair in self.fields["kind"].choices if pair[0] != ActionKind.LINKAGE]
        if "done_on" not in (kwargs.get("initial") or {}):
            self.initial["done_on"] = today_of(self.user)

    def values(self):
        """The action, complete but for its difficulty."""
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
    tell = forms.MultipleChoiceField(
        label=gettext_lazy("whom to tell"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They find the note under their turn. Listed are those who may see this difficulty."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in may_be_told(self.difficulty, self.user)}
        self.fields["tell"].choices = [(key, told_apart(person)) for key, person in self.people.items()]
        if not self.people:
            del self.fields["tell"]

    def values(self):
        """The text, and the people to tell."""
        chosen = self.cleaned_data.get("tell", [])
        return {"text": self.cleaned_data["text"], "tell": [self.people[key] for key in chosen]}


def told_apart(person):
    """The name of a person with the bodies they work for."""
    codes = sorted(posting.body.code for posting in person.seats)
    return f"{person} ({', '.join(codes)})" if codes else str(person)


class CodeForm(StepForm):
    """Whose status code ends, and whether another takes its place."""

    ends = forms.TypedChoiceField(
        choices=[
            ("issue", gettext_lazy("Issue a code. One in use ends: give the firm the receipt anew.")),
            ("end", gettext_lazy("End the code in use. The firm can no longer ask with it.")),
        ],
        coerce=lambda chosen: chosen == "end",
        label=gettext_lazy("what is to happen"),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        add_report_field(self)


def add_report_field(form):
    """Ask for which firm a step is, where further ones reported the difficulty too."""
    reports = form.difficulty.further_reports.select_related("company")
    if reports:
        first = str(form.difficulty.company or form.difficulty.reference)
        form.fields["report"] = forms.ModelChoiceField(
            reports, label=_("which firm"), required=False, empty_label=first
        )


def reported(request):
    """The firm chosen, the name of one described, and its words in what the form that files a difficulty posts.

    None and empty texts where another page does.
    """
    chosen = request.POST.get("company", "")
    known = Company.objects.visible_to(request.user).filter(pk=chosen).first() if is_key(chosen) else None
    named = request.POST.get("firm_name_ko") or request.POST.get("firm_name_en") or ""
    said = [request.POST.get(name, "").strip() for name in ("title", "account")]
    return known, named, "\n".join(filter(None, said))


class AgainForm(StepForm):
    """Which further firm has the same difficulty. One that is like a known firm is asked back once, and then made."""

    company = forms.ModelChoiceField(
        Company.objects.none(),
        label=gettext_lazy("which firm"),
        help_text=gettext_lazy("Part of its name in Korean or English, or its registration number."),
        required=False,
        widget=chooser(Difficulty, "company"),
    )
    firm = forms.CharField(
        label=gettext_lazy("name of a firm that is not found above"),
        max_length=Company._meta.get_field("name_ko").max_length,
        required=False,
    )
    note = long_text(gettext_lazy("what the firm says"))
    asked_back = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["company"].queryset = Company.objects.visible_to(self.user)

    @classmethod
    def carried(cls, request):
        """The firm and the words of the form that files a difficulty: it turned out to be filed already."""
        known, named, said = reported(request)
        return {"company": known and known.pk, "firm": "" if known else named, "note": said}

    def clean(self):
        """Ask for one firm, and back where a new one is like one that is known."""
        cleaned = super().clean()
        company, firm = cleaned.get("company"), cleaned.get("firm")
        if bool(company) == bool(firm) and not self.errors:
            self.add_error("company", _("Choose the firm, or write the name of one that is not found. One of the two."))
        elif firm and cleaned.get("asked_back") != firm:
            alike = Company.objects.visible_to(self.user).perhaps(Company(name_ko=firm))[:MOST_ALIKE]
            if names := ", ".join(known.told_apart for known in alike):
                sentence = _("Firms like this one are known: %(names)s. Choose one above, or send the form again.")
                self.add_error("firm", sentence % {"names": names})
                self.data = self.data.copy()
                self.data["asked_back"] = firm
        return cleaned

    def values(self):
        """The firm, registered where it is new, and its words."""
        company, body = self.cleaned_data["company"], own_body(self.difficulty, self.user)
        if company is None and body:
            company = keep_firm(Company(name_ko=self.cleaned_data["firm"]), body)
        return {"company": company, "note": self.cleaned_data["note"]}
