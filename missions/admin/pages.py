"""Every page of the staff desk. Importing this module registers them with the admin site."""

from missions.admin import (
    action_items,
    bodies,
    companies,
    earlier_cases,
    holidays,
    linkages,
    meetings,
    recipients,
    reference,
    results,
)
from missions.admin.difficulty import record
from missions.admin.people import accounts, handover
from missions.admin.publication import information, texts

__all__ = [
    "accounts",
    "action_items",
    "bodies",
    "companies",
    "earlier_cases",
    "handover",
    "holidays",
    "information",
    "linkages",
    "meetings",
    "recipients",
    "record",
    "reference",
    "results",
    "texts",
]
