"""What was loaded from the project's data files."""

from django.conf import settings
from django.db import models

INVENTED = "demo"  # the file of records that were made for trying the portal out


class LoadedRow(models.Model):
    """The values a row of a data file had when it was last loaded, and the record made from it.

    Comparing file, record and these values tells a correction of the file from an edit by staff.
    """

    file = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    record = models.CharField(max_length=40)
    values = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "key"], name="loaded_row_once")]

    def __str__(self):
        return f"{self.file} {self.key}"

    @classmethod
    def any_invented(cls):
        """Whether a development machine holds an invented year of work. Production never does."""
        return settings.DEBUG and cls.objects.filter(file=INVENTED).exists()
