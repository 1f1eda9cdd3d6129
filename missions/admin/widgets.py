"""Inputs of the staff desk, and what its forms have in common."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.forms import DateTimeInput


class WholeTexts:
    """Part of a form whose inputs take whatever is pasted into them.

    A browser cuts at ``maxlength`` without a word. The server says what is too long, and shows all of it again.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)


class MomentInput(DateTimeInput):
    """A day and a time in one field, named by one label."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class KnownKeys:
    """Shows a form again although a key was posted that cannot be one; the field's own error explains it."""

    def optgroups(self, name, value, attr=None):
        """Look up only what may be a key."""
        return super().optgroups(name, [key for key in value if self._may_be_key(key)], attr)

    def _may_be_key(self, key):
        try:
            self.field.target_field.to_python(key)
        except ValidationError:
            return False
        return "\0" not in str(key) and len(str(key)) < 20


class ChooseOne(KnownKeys, AutocompleteSelect):
    """The chooser of one row."""


class ChooseSeveral(KnownKeys, AutocompleteSelectMultiple):
    """The chooser of several rows, without the “clear” sign that breaks its list for screen readers."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        """Attributes of the ``<select>``."""
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}
