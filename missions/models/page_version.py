"""The numbers by which a public page knows that it is still current."""

from django.db import models

SPREAD = 16  # rows: writers who commit at the same time should not wait for one another


class PageVersion(models.Model):
    """A few rows. With the records of ``missions.publication.page_version`` the database moves the number of one."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    published = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(name="page_version_few_rows", condition=models.Q(id__range=(1, SPREAD)))]

    def __str__(self):
        return str(self.published)
