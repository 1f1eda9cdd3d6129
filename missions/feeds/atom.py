"""Atom feeds (RFC 4287) of meetings, cases and local information, narrowed as their lists are, and of a search."""

import datetime
import re

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from missions.feeds.ical import doubt_of, times_of, told_title
from missions.feeds.narrowed import Refused, narrowed, query_of, refusal, words_of
from missions.fields.bilingual import KoreanText, is_outdated
from missions.lists.csv_files import rights
from missions.lists.filters import CaseFilter, EarlierCaseFilter, InformationFilter, MeetingFilter
from missions.models import EarlierCase, LocalInformation, Meeting, PublishedCase

NEWEST = 50
SUMMARY_LENGTH = 600
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
BEGINNING = datetime.datetime(2024, 4, 1, tzinfo=datetime.UTC)  # the day of the agreement: no feed is older


class AtomFeed(Atom1Feed):
    """Django's feed, with a fixed moment while it is empty, and with the language of each entry."""

    def latest_post_date(self):
        """When the feed last changed."""
        return max((item["updateddate"] for item in self.items), default=BEGINNING)

    def item_attributes(self, item):
        """The language of an entry that is still to be written in the feed's."""
        return {"xml:lang": "ko"} if item["korean"] else {}


class OfList(Feed):
    """The newest published rows, narrowed by the conditions of their list.

    Each feed says its ``name``, its ``rows``, the newest first, and of an entry its ``place``, in lines of several
    parts, and its ``texts``.
    """

    feed_type = AtomFeed
    noun = ""  # last part of the name of the list, and of the feed's address
    conditions = None

    def __call__(self, request, *args, **kwargs):
        """The feed, or the page that says why there is none."""
        try:
            return super().__call__(request, *args, **kwargs)
        except Refused as error:
            return refusal(request, error, reverse(f"missions:{self.noun}"))

    def get_object(self, request):
        """The conditions in the address."""
        return narrowed(self.conditions, self.rows(), request)

    def items(self, asked):
        return asked.qs[:NEWEST]

    def title(self, asked):
        return clean(" · ".join([str(self.name()), *words_of(asked)]))

    def link(self, asked):
        return reverse(f"missions:{self.noun}") + query_of(asked)

    def feed_url(self, asked):
        return reverse(f"missions:{self.noun}_feed") + query_of(asked)

    def feed_guid(self, asked):
        """What programs know the feed by, on every host."""
        return tag(f"{self.noun}{query_of(asked)}")

    def author_name(self):
        """The two ministries."""
        return _("Ministry of SMEs and Startups · Ministry of Foreign Affairs")

    def feed_copyright(self):
        return rights()

    def item_title(self, item):
        return clean(item.title)

    def item_description(self, item):
        """Where it belongs and how its text begins, as HTML, which Django calls so.

        Stale English is said first, then that it is in doubt.
        """
        place, texts = self.place(item), [text for text in self.texts(item) if text]
        stale = is_outdated([item.title, *(part for line in place for part in line), *texts])
        lines = [_("English may be out of date")] if stale else []
        lines += doubt_of(item)
        lines += [", ".join(str(part) for part in line if part) for line in place]
        lines.append(Truncator("\n".join(texts)).chars(SUMMARY_LENGTH))
        return linebreaksbr(clean("\n".join(filter(None, lines))), autoescape=True)

    def item_guid(self, item):
        """What programs know the entry by, on every host, in this language."""
        return tag(item.get_absolute_url().split("/", 2)[2].rstrip("/"))

    def item_updateddate(self, item):
        return item.reworded_at.replace(microsecond=0)

    def item_extra_kwargs(self, item):
        """Whether it is still Korean in a feed of another language."""
        return {"korean": isinstance(item.title, KoreanText)}


class MeetingFeed(OfList):
    """Meetings, the latest change first, since a new day for an old meeting is news.

    No record says when a meeting was published.
    """

    noun = "meetings"
    conditions = MeetingFilter

    def name(self):
        """Its name without what it is narrowed to."""
        return _("Meetings of the SME support bodies")

    def rows(self):
        """Meetings, whatever their day."""
        rows = Meeting.objects.published().with_names()
        return rows.order_by("-reworded_at", *Meeting._meta.ordering)

    def item_title(self, item):
        """Its title; that it is called off stands first."""
        return clean(told_title(item))

    def place(self, item):
        """Day, status, how and where it is held; then its time there and in Korea."""
        return [[item.held, item.get_status_display(), *item.where], *([line] for line in times_of(item))]

    def texts(self, item):
        """What was said in public."""
        return [item.summary]


class CaseFeed(OfList):
    """Published cases, the latest approved first."""

    noun = "cases"
    conditions = CaseFilter

    def name(self):
        """Its name without what it is narrowed to."""
        return _("Cases of the SME support bodies")

    def rows(self):
        """Cases."""
        return PublishedCase.objects.published().select_related("country", "type", "body")

    def place(self, item):
        """Country, type and body."""
        return [[item.country_name, item.type_name, item.body_name]]

    def texts(self, item):
        """What happened."""
        return [item.happened]

    def item_pubdate(self, item):
        return item.approved_at.replace(microsecond=0)


class EarlierCaseFeed(OfList):
    """Earlier cases, the latest change first: none says when it was entered here."""

    noun = "earlier_cases"
    conditions = EarlierCaseFilter

    def name(self):
        """Its name, which says that they are not the programme's own."""
        return _("Earlier cases, not of this programme")

    def rows(self):
        """Earlier cases."""
        return EarlierCase.objects.published().with_names().order_by("-reworded_at", "key")

    def place(self, item):
        """Where and when it was, and that it is not the programme's own."""
        return [[item.place, item.type.name, item.dated, _("not of this programme")]]

    def texts(self, item):
        """What was done, and how it ended."""
        return [item.done, item.ending]


class InformationFeed(OfList):
    """Local information, the latest issued first."""

    noun = "information"
    conditions = InformationFilter

    def get_object(self, request):
        """The conditions. Whether an item has expired follows the clock."""
        asked = super().get_object(request)
        request.follows = ("minute",)
        return asked

    def name(self):
        """Its name without what it is narrowed to."""
        return _("Local information of the SME support bodies")

    def rows(self):
        """Items of information."""
        return LocalInformation.objects.published().with_names().select_related("published_from")

    def place(self, item):
        """Country, topic and body; who published it and when; until when it holds, or that it holds no more."""
        lines = [[item.country.name, item.topic.name, item.body.name]]
        if item.published_at:
            day = date_format(timezone.localtime(item.published_at), "DATE_FORMAT")
            lines.append([_("Published on %(day)s: %(body)s") % {"day": day, "body": item.published_from.name}])
        if item.valid_until:
            lines.append([_("Valid until %(day)s") % {"day": date_format(item.valid_until, "DATE_FORMAT")}])
        if item.has_expired():
            lines.append([_("expired")])
        return lines

    def texts(self, item):
        """What it says."""
        return [item.text]

    def item_pubdate(self, item):
        """When it was published; where that is not known, the first moment in Korea of the day it was issued."""
        if item.published_at:
            return item.published_at.replace(microsecond=0)
        return timezone.make_aware(datetime.datetime.combine(item.issued_on, datetime.time.min))


def tag(what):
    """A name for ever (RFC 4151): no host, so that moving the site makes nothing new."""
    return f"tag:{settings.SITE_NAMESPACE},2024:{get_language()}/{what}"


def clean(words):
    """A text without the few characters that XML cannot hold."""
    return NOT_XML.sub("", str(words))
