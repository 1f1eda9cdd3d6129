"""One search over everything that is public, in both languages at once."""

from django.core.paginator import EmptyPage, InvalidPage, PageNotAnInteger, Paginator
from django.db.models import Count, Window
from django.http import Http404
from django.utils.http import urlencode
from django.views.generic import TemplateView

from missions.fields.capped import MOST, shown
from missions.lists.paging import Part
from missions.lists.search_form import SearchForm
from missions.lists.view import FEW, PER_PAGE
from missions.models import Country
from missions.search import site_pages, suggestions
from missions.search.kinds import KINDS
from missions.search.public import Asked, as_found
from missions.search.results import Found, printed_page
from missions.search.slips import similar_names
from missions.search.tokens import LONGEST_QUERY, MOST_TERMS, is_cut
from missions.views.countries import numbers_at_home

FEW_WORDS = 2  # that are looked for alone where only what lies beside the programme has all


class _Pages(Paginator):
    """Pages of hits. The question that fetches a page counts them too: to ask once more would cost as much again."""

    found, is_capped = 0, False

    def page(self, number):
        """Raises ``InvalidPage`` where there can be none."""
        try:
            first = (int(number) - 1) * self.per_page
        except ValueError as error:
            raise PageNotAnInteger(number) from error
        if not 0 <= first < MOST:
            raise EmptyPage(number)
        rows = list(self.object_list.annotate(found=Window(Count("*")))[first : first + self.per_page])
        if first and not rows:
            raise EmptyPage(number)
        self.found = rows[0].found if rows else 0
        self.count = min(self.found, MOST)
        return Part(rows, int(number), self)


class Search(TemplateView):
    """Hits grouped by kind, the first few of each; or all of one kind, page by page."""

    template_name = "missions/search.html"
    follows = ("minute",)  # hits say which meetings passed and which information expired

    def get_context_data(self, **kwargs):
        """Add what was found, or why nothing was looked for."""
        form = SearchForm(self.request)
        text = self.request.GET.get("q", "").strip()
        context = {"form": form, "text": text[:LONGEST_QUERY], "cut": is_cut(text), "most_terms": MOST_TERMS}
        form.is_valid()
        given = getattr(form, "cleaned_data", {})
        asked = Asked(text, {name: given[name] for name in ("country", "body") if given.get(name)})
        context |= {"asked": asked, "chips": self._chips(given), "longest": LONGEST_QUERY, "most": f"{MOST:,}"}
        context["site_pages"] = site_pages.named_by(text)
        if asked.terms and not form.errors:
            values = {name: self.request.GET.get(name) for name in form.fields} | {"q": text[:LONGEST_QUERY]}
            context["feed_query"] = urlencode({name: value for name, value in values.items() if value})
        if form.errors or not asked.terms:
            return {**super().get_context_data(**kwargs), **context, **(_whom_to_ask() if text else {})}
        kind = KINDS.get(given["kind"])
        looser = as_found(asked, [kind] if kind else KINDS.values())
        if looser is not asked and looser.text != text:
            asked, context["looser"] = looser, looser.text
        found = self._one(asked, kind) if kind else self._groups(asked)
        if not found["groups"]:
            found |= self._instead(asked) | {"similar_names": self._similar_names(text)}
        elif all(group.of.outside for group in found["groups"]):
            found |= self._instead(asked, FEW_WORDS) | {"only_outside": True}
        if context["site_pages"]:
            found["types"] = []  # “애로 신고” means the page, no type of which 신고 is a word
        elif not (found["types"] or found["named_countries"] or found["named_missions"]):
            context["site_pages"] = site_pages.asked_to_call(text)
        return {**super().get_context_data(**kwargs), **context, **found}

    def _instead(self, asked, most=suggestions.MOST_WORDS):
        """What to read and whom to ask where nothing of the programme has every word; of so many of the words."""
        shares = suggestions.by_word(asked, most)
        for share in shares:
            share.address = self._address(q=share.of, kind="")
        return {"shares": shares, **_whom_to_ask()}

    def _similar_names(self, text):
        """Names that may have been meant, each with the address of the search with it."""
        similar = similar_names(text)
        for name in similar:
            name.address = self._address(q=name.query)
        return similar

    def _groups(self, asked):
        """The first few of each kind; the kinds in whose titles the words stand come first."""
        entries = list(asked.few_of_each(KINDS.values(), FEW))
        hits, meant = printed_page(entries, asked.text)
        groups = {}
        for entry in sorted(entries, key=lambda entry: entry.place):
            if hit := hits.get((entry.kind, entry.record)):
                group = groups.setdefault(entry.kind, Found(KINDS[entry.kind], entry.found, []))
                group.hits.append(hit)
                group.address = self._address(kind=entry.kind)
        titled = {entry.kind for entry in entries if entry.titled}
        order = sorted(KINDS, key=lambda name: (KINDS[name].minor, name not in titled))
        found = [groups[name] for name in order if name in groups]
        total = shown(sum(group.found for group in found))
        return {"groups": found, "total": total, "few": FEW, **vars(meant)}

    def _one(self, asked, kind):
        """A page of one kind."""
        paginator = _Pages(asked.of_kinds([kind]), PER_PAGE)
        try:
            page = paginator.page(self.request.GET.get("page", "1"))
        except InvalidPage as error:
            raise Http404 from error
        found = paginator.found
        printable, meant = printed_page(page.object_list, asked.text)
        hits = [hit for entry in page.object_list if (hit := printable.get((entry.kind, entry.record)))]
        return {
            "groups": [Found(kind, found, hits)] if hits else [],
            "total": shown(found),
            "capped": found > MOST,
            **vars(meant),
            "page_obj": page,
            "paginator": paginator,
            "is_paginated": page.has_other_pages(),
            "query": self._query().urlencode(),
        }

    def _chips(self, given):
        """What the search is narrowed to, each with the address that takes it away."""
        named = {"kind": lambda name: KINDS[name].label, "country": lambda row: row.name, "body": lambda row: row.name}
        return [
            (SearchForm.base_fields[name].label, say(given[name]), self._address(**{name: ""}))
            for name, say in named.items()
            if given.get(name)
        ]

    def _query(self):
        query = self.request.GET.copy()
        query.pop("page", None)
        if "q" in query:
            query["q"] = query["q"].strip()[:LONGEST_QUERY]
        return query

    def _address(self, **values):
        query = self._query()
        for name, value in values.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"?{query.urlencode()}"


def _whom_to_ask():
    """All countries to choose from, and who at home is asked whatever the difficulty."""
    return {"countries": Country.objects.published().to_choose_from(), "numbers_at_home": numbers_at_home()}
