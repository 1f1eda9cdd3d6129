"""What the short forms of the steps have in common."""

from django import forms
from django.contrib import admin

from missions.admin.forms import WithoutPersonalNumbers
from missions.admin.widgets import ChooseOne, WholeTexts


def chooser(model, field):
    """The widget of a key that is found by typing."""
    return ChooseOne(model._meta.get_field(field), admin.site)


def long_text(label, *, rows=5, longest=5000, **options):
    """A field for a text of several lines."""
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea({"rows": rows}), **options)


class StepForm(WithoutPersonalNumbers, WholeTexts, forms.Form):
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
