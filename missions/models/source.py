"""Where facts come from, and where sources disagree."""

import hashlib
from functools import reduce
from operator import or_

from django.db import models
from django.utils.translation import gettext_lazy as _

from missions.fields.addresses import page_of
from missions.fields.bilingual import Bilingual, OutdatedEnglish, long_pair, short_pair
from missions.fields.dates import PreciseDate, kept_precise, precise_day
from missions.models.base import Record, ReferenceQuerySet


class Certainty(models.TextChoices):
    """How well a fact is established."""

    VERIFIED = "verified", _("verified")
    INFERRED = "inferred", _("inferred")
    CONFLICT = "conflict", _("sources disagree")
    UNVERIFIED = "unverified", _("unverified")


class Reported(models.TextChoices):
    """How well a fact is established that lies outside the programme, mostly told by one newspaper."""

    VERIFIED = "verified", _("verified")
    REPORTED = "reported", _("as reported")
    UNVERIFIED = "unverified", _("unverified")


OF_THE_STATE = (".go.kr/", "korea.kr/")  # in addresses of those who act themselves, and of what they publish


def _originals_first():
    """What stands on a site of the state comes before what others report of it or copy."""
    on_its_site = reduce(or_, (models.Q(url__contains=part) for part in OF_THE_STATE))
    return models.Case(models.When(on_its_site, then=0), default=1)


class Source(Record):
    """A publication that states facts of the programme (출처)."""

    key = models.SlugField(_("key"), unique=True, help_text=_("Short name used to cite this source, e.g. pr-0419."))
    publisher = models.CharField(_("publisher"), max_length=200)
    title = models.CharField(
        _("title"), max_length=300, help_text=_("In brackets where the title itself is not known.")
    )
    dated_on, dated_precision = precise_day(_("published on"))
    url = models.URLField(_("address"), max_length=500, blank=True)
    quote = models.CharField(_("quotation"), max_length=400, blank=True, help_text=_("One sentence at most."))
    note_ko, note_en = long_pair(_("note"), 1000)
    outdated_english = OutdatedEnglish(_("English out of date"))

    dated = PreciseDate()
    note = Bilingual()
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = [_originals_first(), models.F("dated_on").desc(nulls_last=True), "key"]
        constraints = [kept_precise("source", "dated")]

    def __str__(self):
        return f"{self.publisher}, {self.title}"

    def get_absolute_url(self):
        return page_of("sources") + f"#{self.key}"


class Sourced(Record):
    """A record that states public facts: how certain they are and who says so."""

    sources = models.ManyToManyField(Source, verbose_name=_("sources"), blank=True, related_name="+")
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty, default=Certainty.UNVERIFIED)
    note_ko, note_en = long_pair(_("note"), 2000)
    outdated_english = OutdatedEnglish(_("English out of date"))

    note = Bilingual()

    class Meta:
        abstract = True

    @property
    def told_sources(self):
        """The sources that its page names."""
        return self.sources.all()

    @property
    def is_own_entry(self):
        """Whether a body itself entered the record: nothing else vouches for it, and it cites no source."""
        if self.certainty != Certainty.UNVERIFIED:
            return False
        return not (self.has_sources if hasattr(self, "has_sources") else self.told_sources)

    @property
    def told_certainty(self):
        """How certain it is, in the words of its page."""
        return _("entered by the support body itself") if self.is_own_entry else self.get_certainty_display()

    @property
    def is_in_doubt(self):
        """Whether it is neither verified nor the entry of a body itself: who tells of it says so."""
        return self.certainty != Certainty.VERIFIED and not self.is_own_entry


CITED = ("key", "publisher", "url")


def cite(*lists):
    """Give each record of several lists ``cited``, its sources by key, publisher and address.

    It is one question for all lists. Originals come first, then the latest, as sources are ordered.
    """
    citing, links = {}, []
    for number, records in enumerate(lists):
        for record in records:
            record.cited = []
            citing[number, record.pk] = record
        if records:
            field = type(records[0])._meta.get_field("sources")
            of_record = field.m2m_field_name()
            cited = field.remote_field.through._default_manager.filter(**{f"{of_record}__in": records})
            links.append(
                cited.order_by().values_list(
                    models.Value(number),
                    f"{of_record}_id",
                    "source__dated_on",
                    *(f"source__{name}" for name in CITED),
                )
            )
    if not links:
        return
    found = links[0].union(*links[1:], all=True)
    for record in citing.values():
        record.has_sources = False
    for number, pk, day, *cited in sorted(found, key=_as_ordered):
        citing[number, pk].has_sources = True
        citing[number, pk].cited.append(Source(dated_on=day, **dict(zip(CITED, cited, strict=True))))


def _as_ordered(row):
    _number, _pk, day, key, _publisher, url = row
    is_original = any(part in url for part in OF_THE_STATE)
    return not is_original, day is None, -day.toordinal() if day else 0, key


class Discrepancy(Record):
    """A point on which sources disagree, and what the portal shows."""

    topic_ko, topic_en = short_pair(_("topic"))
    claims_ko, claims_en = long_pair(_("what each source says"), 2000, blank=False)
    shown_ko, shown_en = long_pair(_("what is shown here and why"), 2000, blank=False)
    outdated_english = OutdatedEnglish(_("English out of date"))
    sources = models.ManyToManyField(Source, verbose_name=_("sources"), blank=True, related_name="discrepancies")
    bodies = models.ManyToManyField("Body", verbose_name=_("bodies"), blank=True, related_name="discrepancies")

    topic = Bilingual()
    claims = Bilingual()
    shown = Bilingual()
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("disagreement of sources")
        verbose_name_plural = _("disagreements of sources")
        ordering = ["pk"]

    def __str__(self):
        return self.topic

    def get_absolute_url(self):
        return f"{page_of('sources')}#{self.anchor}"

    @property
    def anchor(self):
        """Its place on the page of sources: made of its topic, so that it is the same wherever the facts are loaded."""
        return f"discrepancy-{hashlib.sha256(self.topic_ko.encode()).hexdigest()[:8]}"
