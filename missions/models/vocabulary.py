"""Published classifications, and the places of the world."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from missions.fields.addresses import page_of
from missions.fields.bilingual import Bilingual, OutdatedEnglish, long_pair, other_names, short_pair
from missions.fields.order import InOrder
from missions.models.base import Record, ReferenceQuerySet

# Countries and territories whose English names take the article in running text: “the United States”.
WITH_ARTICLE = "AE AX BQ BS CC CD CF CG CK DO FK FO GB GM HM IO KM KY MH MP MV NL PH PN PS SB SC TC TF UM US VG VI"


WITHOUT_TEXT = {"default": "", "db_default": ""}


class Region(Record):
    """One of MoFA's seven regional bureaus (지역국), as its statute names them."""

    key = models.SlugField(_("key"), unique=True)
    name_ko, name_en = short_pair(_("name"))
    outdated_english = OutdatedEnglish(_("English out of date"))
    article = models.CharField(_("article of the statute"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    name = Bilingual()
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name


class CountryQuerySet(ReferenceQuerySet):
    def to_choose_from(self):
        """Codes and names alone, by name: what a list of all countries shows, at a third of what rows cost."""
        return self.by_name().values_list("code", "name_ko", "name_en", named=True)


class Country(Record):
    """A country or territory by its ISO 3166 alpha-2 code; territories have no regional bureau."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name_ko, name_en = short_pair(_("name"), 100)
    outdated_english = OutdatedEnglish(_("English out of date"))
    other_names = other_names()
    region = models.ForeignKey(
        Region, models.PROTECT, verbose_name=_("region"), null=True, blank=True, related_name="countries"
    )

    name = Bilingual()
    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = [InOrder("name_ko"), "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return page_of("country", self.code)

    @property
    def in_text(self):
        """Its name inside a sentence: “the Philippines”. In Korean, and in lists, it stands bare."""
        if get_language() == "en" and self.code in WITH_ARTICLE.split() and self.name_en:
            return f"the {self.name_en}"
        return self.name


class Term(Record):
    """A term of a published classification."""

    code = models.SlugField(_("code"), max_length=40, primary_key=True)
    name_ko, name_en = short_pair(_("name"), 250)
    outdated_english = OutdatedEnglish(_("English out of date"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    name = Bilingual()
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name


class DifficultyType(Term):
    """A type of export difficulty (애로 유형). No official Korean list exists: this one is proposed."""

    other_names = other_names(400, default="", db_default="")
    covers_ko, covers_en = long_pair(
        _("what it covers"),
        1000,
        help_text=_("Explains the word to firms. It states no facts about the programme."),
        **WITHOUT_TEXT,
    )
    prepare_ko, prepare_en = long_pair(
        _("what to prepare"), 1000, help_text=_("One thing a line. General guidance, and no rule."), **WITHOUT_TEXT
    )
    ntm_chapters = models.CharField(
        _("UNCTAD MAST chapters (2019) that come near"),
        max_length=20,
        blank=True,
        help_text=_("A hint: many difficulties of a type are no non-tariff measure at all."),
    )

    covers = Bilingual()
    prepare = Bilingual()

    class Meta(Term.Meta):
        verbose_name = _("difficulty type")
        verbose_name_plural = _("difficulty types")

    def get_absolute_url(self):
        return page_of("help_type", self.code)


class Sector(Term):
    """A section of the Korean Standard Industrial Classification (KSIC), in its 11th revision."""

    class Meta(Term.Meta):
        verbose_name = _("sector (KSIC, 11th revision)")
        verbose_name_plural = _("sectors (KSIC, 11th revision)")


class NtmChapter(Term):
    """A chapter of UNCTAD's classification of non-tariff measures (MAST, 2019)."""

    class Meta(Term.Meta):
        verbose_name = _("non-tariff measure chapter (UNCTAD MAST, 2019)")
        verbose_name_plural = _("non-tariff measure chapters (UNCTAD MAST, 2019)")

    def __str__(self):
        return f"{self.code} {self.name}"


class HsChapter(Term):
    """A chapter of the Harmonised System (HS 2022): the first two digits of every HS code."""

    class Meta(Term.Meta):
        verbose_name = _("HS chapter (HS 2022)")
        verbose_name_plural = _("HS chapters (HS 2022)")

    def __str__(self):
        return f"{self.code} {self.name}"

    def clean(self):
        """Refuse a code without its zero: a spreadsheet makes 9 of 09."""
        super().clean()
        if not re.fullmatch(r"[0-9]{2}", self.code):
            sentence = _("A chapter has two digits, such as 09. A spreadsheet drops the zero of a column of numbers.")
            raise ValidationError({"code": sentence})
