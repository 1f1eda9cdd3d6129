"""The domain application."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class MissionsConfig(AppConfig):
    """Bodies, meetings, difficulties and what the public reads of them."""

    name = "missions"
    verbose_name = _("Consultative bodies programme")

    def ready(self):
        """Register the pages of the desk, where there is one. Its package registers nothing by itself."""
        if apps.is_installed("django.contrib.admin"):
            import_module("missions.admin.pages")
