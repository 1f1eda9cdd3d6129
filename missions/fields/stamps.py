"""When the public words of a row last changed, as the database itself notes it."""

from django.db import models
from django.db.models import F
from django.db.models.functions import Now


class PublicStamp(models.DateTimeField):
    """The moment at which what the public reads of a row last changed.

    Triggers of the database write it (``missions.publication.page_version``), whoever changes the row and however.
    Saving a row leaves it alone: a row that was read before somebody else changed its words holds an older moment.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"editable": False, "db_default": Now()})

    def deconstruct(self):
        """Leave out what every stamp has."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"], kwargs["db_default"]
        return name, path, args, kwargs

    def pre_save(self, model_instance, add):
        """The moment of the insert, or what stands in the database."""
        return self._db_default_expression if add else F(self.attname)
