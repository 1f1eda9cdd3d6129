"""Every public page in both languages, for search engines: an index, and behind it the pages of each kind."""

from django.contrib.sitemaps import Sitemap
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.urls import reverse
from django.utils.functional import cached_property

from missions.models import (
    Body,
    Country,
    DifficultyType,
    EarlierCase,
    LocalInformation,
    Meeting,
    Mission,
    Organisation,
    PublishedCase,
)


class InBothLanguages(Sitemap):
    """Each page once a language, every one naming the other and the address that asks the browser."""

    i18n = alternates = x_default = True
    limit = 5_000  # a fraction of the 50,000 allowed, so that no file takes long


class Pages(InBothLanguages):
    """Pages that are there once: the front page, lists, and texts."""

    def __init__(self, names):
        self.names = names

    def items(self):
        return self.names

    def location(self, name):
        return reverse(f"missions:{name}")


class Types(InBothLanguages):
    """The page of each type of difficulty, which changes with much that says no moment."""

    def items(self):
        return DifficultyType.objects.published()

    def location(self, type_):
        return type_.get_absolute_url()


class Records(InBothLanguages):
    """A page a record."""

    def __init__(self, rows, key):
        self.rows = rows.order_by("pk").only(key, "reworded_at")

    def items(self):
        return self.rows.all()

    @property
    def paginator(self):
        """Pages that fetch their own rows only, where Django's would fetch them all first."""
        return Paginator(_Pairs(self.items(), self.totals["count"], self._languages()), self.limit)

    @cached_property
    def totals(self):
        """How many records there are, and when the public words of one last changed, by one question."""
        return self.rows.order_by().aggregate(count=Count("pk"), latest=Max("reworded_at"))

    def lastmod(self, record):
        return record.reworded_at

    def get_latest_lastmod(self):
        return self.totals["latest"]


class Countries(InBothLanguages):
    """A page a country; none says when its words last changed, because they are those of other records."""

    def items(self):
        return Country.objects.published().order_by("pk").only("code")


class _Pairs:
    """Rows, each once a language, as a list that is fetched by the slice."""

    def __init__(self, rows, count, languages):
        self.rows = rows
        self.count_of_rows = count
        self.languages = languages

    def __len__(self):
        return self.count_of_rows * len(self.languages)

    def __getitem__(self, part):
        each = len(self.languages)
        rows = self.rows[part.start // each : -(-part.stop // each)]
        return [(row, language) for row in rows for language in self.languages]


def sections(pages):
    """The sitemaps by name. ``pages`` are the names of addresses that need no record.

    They are functions, called by each request, because the URL patterns hold them: a report of an error prints the
    patterns, and would otherwise fetch every row.
    """
    return {
        "pages": lambda: Pages(pages),
        "countries": lambda: Countries(),
        "missions": lambda: Records(Mission.objects.published(), "slug"),
        "bodies": lambda: Records(Body.objects.published(), "code"),
        "meetings": lambda: Records(Meeting.objects.published(), "key"),
        "cases": lambda: Records(PublishedCase.objects.published(), "reference"),
        "earlier_cases": lambda: Records(EarlierCase.objects.published(), "key"),
        "types": Types,
        "information": lambda: Records(LocalInformation.objects.published(), "key"),
        "organisations": lambda: Records(Organisation.objects.published().named(), "slug"),
    }
