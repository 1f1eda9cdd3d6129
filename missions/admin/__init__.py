"""The staff desk. Importing this package registers every admin class."""

from missions.admin import (
    action_items,
    bodies,
    companies,
    difficulties,
    handover,
    holidays,
    meetings,
    publication,
    reference,
    results,
    staff,
)

__all__ = [
    "action_items",
    "bodies",
    "companies",
    "difficulties",
    "handover",
    "holidays",
    "meetings",
    "publication",
    "reference",
    "results",
    "staff",
]
