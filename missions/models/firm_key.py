"""By what a firm is known again in a text. Staff only: it holds words of private records."""

from django.db import models


class FirmKeyKind(models.TextChoices):
    """What a key spells."""

    NAME = "name"
    SHORT = "short"  # a name of two letters, which counts only beside a legal form
    EMAIL = "email"
    TELEPHONE = "telephone"
    REGISTRATION = "registration"


class FirmKey(models.Model):
    """A name or number that a firm has or had, with the beginning by which a text asks for it.

    ``missions.publication.firm_keys`` writes it. It stays when the firm is deleted, as the firm's history does:
    otherwise one person could delete a firm and publish its name.
    """

    firm = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=12, choices=FirmKeyKind)
    start = models.CharField(max_length=20, db_index=True)
    value = models.CharField(max_length=260)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["firm", "kind", "start", "value"], name="firm_key_once")]

    def __str__(self):
        return f"{self.kind} {self.firm}"
