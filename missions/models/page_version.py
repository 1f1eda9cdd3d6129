"""The number by which a page knows that it is still current."""

from django.db import models


class PageVersion(models.Model):
    """One row, whose number the database moves with the records of ``missions.publication.page_version``."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    published = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(name="page_version_one_row", condition=models.Q(id=1))]

    def __str__(self):
        return str(self.published)
