"""Numbers and addresses in what was just published, which somebody should look at once more."""

from django.contrib import messages
from django.utils.translation import gettext as _

from missions.publication.gate import texts_of
from missions.publication.names_in_text import contacts_in


def warn_of_contacts(request, row, form):
    """Tell whoever published words of numbers and addresses in them, which may be somebody’s own."""
    if getattr(row, "is_published", False) and form.changed_data:
        told = "\n".join(text for _name, _label, text in texts_of(row))
        if found := contacts_in(told):
            said = _("The public can read this: %(found)s. Leave it only where it is an office’s, not a person’s.")
            messages.warning(request, said % {"found": ", ".join(found)})
