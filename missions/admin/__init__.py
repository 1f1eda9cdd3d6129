"""The staff desk. Importing this package registers every admin class."""

from missions.admin import bodies, difficulties, meetings, publication, reference, staff

__all__ = ["bodies", "difficulties", "meetings", "publication", "reference", "staff"]
