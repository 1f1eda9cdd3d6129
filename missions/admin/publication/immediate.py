"""Texts that the public reads as soon as they are saved: what they must not hold, and what to look at once more."""

from django.contrib import messages
from django.utils.translation import gettext as _

from missions.admin.forms import RecordForm
from missions.publication.names_in_text import contacts_in
from missions.publication.privacy import firms_named_in, texts_of


class ImmediateForm(RecordForm):
    """The form of such a text: while it is published, it names no firm that its body registered."""

    def clean(self):
        """Say at each field which words of it point to a firm."""
        super().clean()
        given = self.cleaned_data
        if given.get("is_published", self.instance.is_published):
            texts = ((bound.name, bound.label, given.get(bound.name)) for bound in self)
            body = given.get("body", self.instance.body if self.instance.body_id else None)
            refuse(self, [text for text in texts if isinstance(text[2], str)], body)
        return given


def refuse(form, texts, body):
    """Add to a form an error for each field with words that point to a firm. ``texts`` as in ``privacy``."""
    for finding in firms_named_in(texts, body):
        said = _("The public reads this. Take out: %(finding)s. Only a firm that agreed to it in its record is named.")
        for name, _label in finding.fields:
            form.add_error(name, said % {"finding": f"“{finding.words}” ({finding.what})"})


def warn_of_contacts(request, obj, form):
    """Tell whoever saved such a text of numbers and addresses in it, which may be somebody’s own."""
    if obj.is_published and form.changed_data:
        told = "\n".join(text for _name, _label, text in texts_of(obj))
        if found := contacts_in(told):
            said = _("The public can read this: %(found)s. Leave it only where it is an office’s, not a person’s.")
            messages.warning(request, said % {"found": ", ".join(found)})
