"""Lists of the desk as somebody narrowed them, kept under a name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from missions.models.base import Tidy


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and those shared with a body that one is posted to."""
        return self.filter(Q(user=user) | Q(body__in=user.posted_bodies()))

    def with_names(self):
        """Fetch what is printed beside each."""
        return self.select_related("user", "body")


class SavedView(Tidy):
    """A list of the desk with its conditions (저장한 보기): one’s own, or shared with the people of a body.

    ``query`` is what stands behind the address of the list. It names conditions and holds no rows: whoever opens a
    shared one sees of them what they may see.
    """

    user = models.ForeignKey("User", models.CASCADE, verbose_name=_("saved by"), related_name="saved_views")
    body = models.ForeignKey(
        "Body", models.CASCADE, verbose_name=_("shared with"), null=True, blank=True, related_name="saved_views"
    )
    of = models.CharField(_("list"), max_length=40)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("conditions"), max_length=1000)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "of", "name"],
                name="savedview_name_once",
                violation_error_message=_("You have a view of this name already. Choose another name."),
            )
        ]

    def __str__(self):
        return self.name
