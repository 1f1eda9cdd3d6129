"""The feed of a search: what was published last that has every word."""

import datetime
from dataclasses import dataclass
from html import unescape

from django.contrib.syndication.views import Feed
from django.db.models import BooleanField, Case, DateTimeField, F, TextField, Value, When
from django.db.models.functions import Cast
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from missions.feeds.atom import BEGINNING, NEWEST, AtomFeed, clean, tag
from missions.feeds.ical import doubt_of
from missions.feeds.narrowed import PASSED_OVER, Refused, refusal
from missions.lists.csv_files import rights
from missions.lists.search_form import SearchForm
from missions.models import PublishedCase, Sourced, telling_sources
from missions.search.kinds import KINDS
from missions.search.public import Asked
from missions.search.results import Hit, printed_results


@dataclass
class Entry:
    """A hit, by what programs know it, when its public words last changed, and how certain they are where in doubt."""

    hit: Hit
    name: str
    changed_at: datetime.datetime
    doubt: list


class SearchFeed(Feed):
    """What a search finds, the latest published first, narrowed as the page of the search is."""

    feed_type = AtomFeed

    def __call__(self, request, *args, **kwargs):
        """The feed, or the page that says why there is none."""
        try:
            return super().__call__(request, *args, **kwargs)
        except Refused as error:
            return refusal(request, error, reverse("missions:search"))

    def get_object(self, request):
        """The values of the search form. Raises ``Refused`` where nothing could be looked for."""
        form = SearchForm(request)
        unknown = [name[:40] for name in request.GET if name not in form.fields and not name.startswith(PASSED_OVER)]
        if unknown:
            raise Refused(unknown, list(form.fields))
        if not form.is_valid():
            said = [f"{form.fields[name].label}: {' '.join(errors)}" for name, errors in form.errors.items()]
            raise Refused(said, list(form.fields))
        given = {name: value for name, value in form.cleaned_data.items() if value}
        if not self._asked(given).terms:
            raise Refused([_("There is no letter and no digit to look for. Type a word.")], list(form.fields))
        return given

    def _asked(self, given):
        chosen = {name: given[name] for name in ("country", "body") if name in given}
        return Asked(given.get("q", ""), chosen)

    def items(self, given):
        """Entries of what was found."""
        kinds = [KINDS[given["kind"]]] if "kind" in given else list(KINDS.values())
        found = list(self._asked(given).of_kinds(kinds).order_by("-pk")[:NEWEST])
        hits, kept = printed_results(found, given["q"]), _kept(found)
        keys = [(entry.kind, entry.record) for entry in found]
        return [
            Entry(hits[key], f"{key[0]}-{hits[key].key}", *kept.get(key, (BEGINNING, [])))
            for key in keys
            if key in hits
        ]

    def title(self, given):
        words = [_("Search: %(words)s") % {"words": given["q"]}]
        if "kind" in given:
            words.append(str(KINDS[given["kind"]].label))
        return clean(" · ".join(words + [str(given[name].name) for name in ("country", "body") if name in given]))

    def link(self, given):
        return reverse("missions:search") + _query(given)

    def feed_url(self, given):
        return reverse("missions:search_feed") + _query(given)

    def feed_guid(self, given):
        """What programs know the feed by, on every host."""
        return tag(f"search{_query(given)}")

    def author_name(self):
        """The two ministries."""
        return _("Ministry of SMEs and Startups · Ministry of Foreign Affairs")

    def feed_copyright(self):
        return rights()

    def item_title(self, entry):
        return clean(_plain(entry.hit.title.marked))

    def item_link(self, entry):
        return entry.hit.address

    def item_description(self, entry):
        """Where it belongs, and the part of its text that has the words, as HTML.

        Stale English is said first, then that it is in doubt.
        """
        stale = _("English may be out of date") if entry.hit.is_outdated else ""
        beside = ", ".join(_plain(text.marked) for text in entry.hit.beside)
        parts = [stale, *entry.doubt, beside, _plain(entry.hit.text.marked) if entry.hit.text else ""]
        return linebreaksbr(clean("\n".join(filter(None, parts))), autoescape=True)

    def item_guid(self, entry):
        """What programs know the entry by, on every host, in this language."""
        return tag(f"found/{entry.name}")

    def item_updateddate(self, entry):
        return entry.changed_at.replace(microsecond=0)

    def item_extra_kwargs(self, entry):
        """Whether it is still Korean in a feed of another language."""
        return {"korean": entry.hit.title.language == "ko"}


def _query(given):
    said = {
        name: getattr(given[name], "code", given[name]) for name in ("q", "kind", "country", "body") if name in given
    }
    return f"?{urlencode(said)}"


def _plain(marked):
    return unescape(strip_tags(marked))


def _kept(entries):
    """When the public words of the records found last changed, and the lines on doubt about them, by kind and key.

    It is one question, for the kinds that say how certain they are: sources and where they disagree do not.
    """
    asked = []
    for kind in {entry.kind for entry in entries if issubclass(KINDS[entry.kind].model, Sourced)}:
        model = KINDS[kind].model
        keys = [entry.record for entry in entries if entry.kind == kind]
        rows = telling_sources(KINDS[kind].published().order_by().filter(pk__in=keys))
        has_stamp = any(field.name == "reworded_at" for field in model._meta.concrete_fields)
        stamp = F("reworded_at") if has_stamp else Cast(None, DateTimeField())
        kind_of = Value(kind, output_field=TextField())
        asked.append(rows.values_list(kind_of, "pk", stamp, Cast("certainty", TextField()), _cited(model)))
    if not asked:
        return {}
    found = {}
    for kind, key, stamp, certainty, is_cited in asked[0].union(*asked[1:], all=True):
        record = KINDS[kind].model(certainty=certainty)
        record.has_sources = is_cited
        found[kind, key] = stamp or BEGINNING, doubt_of(record)
    return found


def _cited(model):
    """Whether a row has sources; a case has those of the day of its approval."""
    if model is not PublishedCase:
        return F("has_sources")
    kept = [When(kept_sources=[], then=False), When(kept_sources__isnull=False, then=True)]
    return Case(*kept, default=F("has_sources"), output_field=BooleanField())
