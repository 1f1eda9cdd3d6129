"""The domain application."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MissionsConfig(AppConfig):
    """Bodies, meetings, difficulties and what the public reads of them."""

    name = "missions"
    verbose_name = _("Consultative bodies programme")

    def ready(self):
        """Register the pages of the desk. Its package registers nothing by itself: the admin site comes from it."""
        import_module("missions.admin.pages")
