"""What the bodies tell firms: local information, and schemes that help."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from missions.fields.addresses import page_of
from missions.fields.bilingual import Bilingual, in_korean_only, long_pair, short_pair
from missions.fields.dates import today_in
from missions.fields.stamps import PublicStamp
from missions.fields.validators import validate_day
from missions.models.action import DifficultyPartQuerySet
from missions.models.base import OfBodiesQuerySet, Record, ReferenceQuerySet, telling_sources
from missions.models.local_days import today_there
from missions.models.source import Sourced


def _expired(now):
    return Q(valid_until__lt=today_there(now=now))


class LocalInformationQuerySet(OfBodiesQuerySet):
    def published(self):
        """Items the public may read. Public pages start here and nowhere else."""
        return self.filter(is_published=True)

    def valid(self, now=None):
        """Items not known to have expired at a moment."""
        return self.exclude(_expired(now))

    def expired(self, now=None):
        """Items whose validity has ended at a moment, as ``has_expired`` says it of one."""
        return self.filter(_expired(now))

    def given_out(self):
        """Items that count as given: published or distributed."""
        return self.filter(Q(is_published=True) | Q(distributed_on__isnull=False))

    def untranslated(self):
        """Items of which some text is in Korean only."""
        return self.filter(in_korean_only("title", "text"))

    def with_names(self):
        """Fetch the names that a list prints beside each item."""
        return telling_sources(self.select_related("country", "topic", "body__mission"))


class LocalInformation(Sourced):
    """An item of host-country information (현지정보)."""

    body = models.ForeignKey("Body", models.PROTECT, verbose_name=_("body"), related_name="information")
    country = models.ForeignKey("Country", models.PROTECT, verbose_name=_("country"), related_name="+")
    topic = models.ForeignKey("DifficultyType", models.PROTECT, verbose_name=_("topic"), related_name="+")
    title_ko, title_en = short_pair(_("title"))
    text_ko, text_en = long_pair(_("text"), blank=False)
    issued_on = models.DateField(_("issued on"), validators=[validate_day])
    valid_until = models.DateField(_("valid until"), validators=[validate_day], null=True, blank=True)
    distributed_on = models.DateField(
        _("distributed on"),
        validators=[validate_day],
        null=True,
        blank=True,
        help_text=_("When it was sent to firms or organisations at home."),
    )
    is_published = models.BooleanField(_("published"), default=False)
    reworded_at = PublicStamp(_("public words last changed"))

    title = Bilingual()
    text = Bilingual()
    objects = LocalInformationQuerySet.as_manager()

    class Meta:
        verbose_name = _("local information")
        verbose_name_plural = _("local information")
        ordering = ["-issued_on", "-pk"]
        indexes = [
            models.Index(
                fields=[*columns, "-issued_on", "-id"],
                condition=Q(is_published=True),
                name="_by_".join(["info_published", *columns]),
            )
            for columns in [[], ["body"], ["country"], ["topic"]]
        ]
        constraints = [
            models.CheckConstraint(
                name="information_valid_after_issue",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("issued_on")),
                violation_error_message=_("It cannot expire before it is issued."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return page_of("information_item", self.pk)

    def has_expired(self):
        """Whether its last day has ended where the body works that sent it."""
        return self.valid_until is not None and self.valid_until < today_in(self.body.time_zone)


class SupportProgramme(Sourced):
    """A scheme that supports firms (지원사업)."""

    key = models.SlugField(_("key"), unique=True)
    name_ko, name_en = short_pair(_("name"))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    organisations = models.ManyToManyField(
        "Organisation", verbose_name=_("run by"), blank=True, related_name="programmes"
    )
    summary_ko, summary_en = long_pair(_("summary"), 2000)
    url = models.URLField(_("web site"), max_length=300, blank=True)

    name = Bilingual()
    summary = Bilingual()
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("support programme")
        verbose_name_plural = _("support programmes")
        ordering = [F("year").desc(nulls_last=True), "pk"]

    def __str__(self):
        return self.name


class Linkage(Record):
    """A firm being linked to a support programme (연계지원). Staff only."""

    difficulty = models.ForeignKey("Difficulty", models.CASCADE, verbose_name=_("difficulty"), related_name="linkages")
    programme = models.ForeignKey(
        SupportProgramme, models.PROTECT, verbose_name=_("support programme"), related_name="linkages"
    )
    linked_on = models.DateField(_("linked on"), validators=[validate_day])
    result = models.CharField(_("result"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now, db_default=Now(), editable=False)

    objects = DifficultyPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("linkage")
        verbose_name_plural = _("linkages")
        ordering = ["-linked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["difficulty", "programme"],
                name="linkage_once",
                violation_error_message=_("This firm is already linked to this programme here."),
            ),
        ]

    def __str__(self):
        return str(self.programme)
