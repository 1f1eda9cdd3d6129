"""What laws and regulations the support of firms abroad rests on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from missions.fields.bilingual import Bilingual, long_pair, short_pair
from missions.models.base import ReferenceQuerySet
from missions.models.source import Sourced


class LegalProvision(Sourced):
    """What an article of a law or a regulation says (근거 규정), in a summary of its own words."""

    key = models.SlugField(_("key"), unique=True)
    law_ko, law_en = short_pair(_("law or regulation"))
    article_ko, article_en = short_pair(_("article"), 60, blank=True)
    topic_ko, topic_en = short_pair(_("topic"), 100)
    summary_ko, summary_en = long_pair(_("summary"), 1000, blank=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    law = Bilingual()
    article = Bilingual()
    topic = Bilingual()
    summary = Bilingual()
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["order", "pk"]

    def __str__(self):
        return f"{self.law} {self.article}".strip()
