"""Official services that help firms with a type of difficulty."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from missions.fields.addresses import page_of
from missions.fields.bilingual import Bilingual, long_pair, short_pair
from missions.models.base import ReferenceQuerySet
from missions.models.source import Reported, Sourced


class Service(Sourced):
    """A service of a public body that firms may use for some types of difficulties (공공 서비스).

    A telephone number is shown as it stands once somebody at the desk has confirmed it; until then the page asks
    readers to check it first, and says from which year it is. A number that no more than an unverified source gives
    is not entered.
    """

    key = models.SlugField(_("key"), unique=True)
    name_ko, name_en = short_pair(_("name"))
    types = models.ManyToManyField("DifficultyType", verbose_name=_("types"), related_name="services")
    purpose_ko, purpose_en = long_pair(_("what for"), 500)
    users_ko, users_en = short_pair(_("for whom"), blank=True)
    url = models.URLField(_("web site"), max_length=300, blank=True)
    telephone = models.CharField(_("telephone"), max_length=100, blank=True)
    telephone_year = models.PositiveSmallIntegerField(
        _("year of the telephone number"), null=True, blank=True, help_text=_("In which its source gives it.")
    )
    telephone_confirmed = models.BooleanField(
        _("the telephone number was confirmed"),
        default=False,
        help_text=_("Somebody has rung it, or read it on the service’s own pages."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    certainty = models.CharField(_("certainty"), max_length=10, choices=Reported, default=Reported.UNVERIFIED)

    name = Bilingual()
    purpose = Bilingual()
    users = Bilingual()
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("official service")
        verbose_name_plural = _("official services")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{page_of('help_types')}#service-{self.key}"
