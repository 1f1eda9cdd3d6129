"""The staff desk. Importing this package registers every admin class."""

from missions.admin import (
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
