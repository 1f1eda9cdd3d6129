"""The way from a decision to the next record that waits for one."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _


def led_on(said, following):
    """What was done, and behind it the way to the next record that waits; without one only the former."""
    if following is None:
        return said
    address = reverse(f"admin:missions_{following._meta.model_name}_change", args=[following.pk])
    return format_html('{} <a href="{}">{}</a>', said, address, _("Next one waiting: %(name)s") % {"name": following})
