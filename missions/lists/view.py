"""What every public list shares: filters as chips, pages that keep them, and an honest count."""

import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django_filters.views import FilterView

from missions.fields.bilingual import KoreanText
from missions.fields.capped import MOST
from missions.lists.csv_files import CAP
from missions.lists.filter_fields import WORDS
from missions.lists.paging import PARAMETERS, Pages
from missions.models import Country

PER_PAGE = 20
FEW = 5  # rows of a list that another page shows a part of


class Listing(FilterView):
    """A public list. Its whole state is in its address."""

    paginate_by = PER_PAGE
    paged_by = ""  # the column that orders a list which may grow to a million rows, its latest first
    template_name_suffix = "_list"

    def paginate_queryset(self, queryset, page_size):
        """The page that the address asks for, in the form that Django's list views expect."""
        newest_of = self.get_queryset() if self.filterset.is_of_newest else None
        pages = Pages(queryset, page_size, self.paged_by, newest_of=newest_of)
        page = pages.asked(self.request.GET)
        return pages, page, page.object_list, bool(page.earlier or page.later)

    def get_context_data(self, **kwargs):
        """Add the filters in force, each with the address that removes it."""
        context = super().get_context_data(**kwargs)
        form = context["filter"].form
        query = self.request.GET.copy()
        for name in PARAMETERS:
            query.pop(name, None)
        chips = []
        for name, field in form.fields.items():
            value = query.get(name)
            if value and value.strip():
                rest = query.copy()
                del rest[name]
                chips.append((field.label, shown(form, name, value), "?" + rest.urlencode()))
        return {
            **context,
            "form": form,
            "chips": chips,
            "asked_country": _asked_country(context["filter"]),
            "typed": getattr(form, "cleaned_data", {}).get(WORDS) or "",
            "query": query.urlencode(),
            "feed_query": _feed_query(form),
            "address_query": _address_query(form, context.get("page_obj")),
            "unindexed": bool(chips),
            "csv": reverse(f"{self.request.resolver_match.view_name}_csv"),
            "csv_cap": CAP,
            "most": f"{MOST:,}",
        }


def _asked_country(conditions):
    """The country that a list is narrowed to, if it is one."""
    chosen = conditions.chosen.get("country")
    return chosen if isinstance(chosen, Country) else None


def _address_query(form, page):
    """The part of the query that decides which rows are shown: valid conditions, then the page from the second on."""
    if form.errors:
        return ""
    said = [(name, form.data.get(name)) for name in form.fields]
    if page and page.number:
        place = [("page", page.number)] if page.number > 1 else []
    else:
        place = [(name, form.data[name]) for name in PARAMETERS if name in form.data]
    return urlencode([(name, value) for name, value in said if value] + place)


def _feed_query(form):
    """The part of the query that a feed or a calendar of the same list takes. Where one is refused, none is offered."""
    return "" if form.errors else urlencode([(name, form.data[name]) for name in form.fields if form.data.get(name)])


def shown(form, name, value):
    """The words of a chosen value: the name of a row, the label of a choice, or what was typed."""
    chosen = getattr(form, "cleaned_data", {}).get(name)
    if isinstance(chosen, datetime.date):
        return date_format(chosen, "DATE_FORMAT")
    labels = dict(getattr(form.fields[name], "choices", None) or []) if isinstance(chosen, str | int) else {}
    words = labels.get(chosen) or getattr(chosen, "choice_name", chosen) or value[:40]
    return words if isinstance(words, KoreanText) else str(words)
