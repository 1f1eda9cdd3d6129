"""The domain application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MissionsConfig(AppConfig):
    """Bodies, meetings, difficulties and what the public reads of them."""

    name = "missions"
    verbose_name = _("Consultative bodies programme")
