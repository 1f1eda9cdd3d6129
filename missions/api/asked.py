"""Reads what a program asks for: conditions, page, and how many records a page holds."""

import re

from django.http import Http404
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from missions.api.problems import Problem, Wrong
from missions.lists.paging import Pages

PER_PAGE = 20
MOST_PER_PAGE = 1000
PLACES = ("page", "after", "before")  # where in the list a page begins or ends
PAGING = (*PLACES, "perPage")
WHOLE = re.compile(r"[1-9][0-9]{0,8}")
MOST_ALLOWED = 300  # values that an error lists


def page_of(data, request):
    """The page of a data set that the address asks for. Raises ``Problem`` for what cannot be understood."""
    query = request.GET
    _refuse_unknown(data, query)
    per_page = _number(query, "perPage", PER_PAGE, MOST_PER_PAGE)
    number = _number(query, "page", 1, 10**9)
    conditions = data.conditions.of(query, data.rows(), request) if data.conditions else None
    if conditions is not None and not conditions.is_valid():
        raise Problem("wrong-value", 400, _("Correct the values named under errors."), _wrong(conditions.form))
    rows = data.rows() if conditions is None else conditions.qs
    of_newest = conditions is not None and conditions.is_of_newest
    pages = Pages(rows, per_page, data.paged_by, newest_of=data.rows() if of_newest else None)
    places = {name: query[name] for name in PLACES if name in query}
    try:
        return pages, pages.asked({**places, "page": number})
    except Http404 as error:
        raise Problem("no-such-page", 404, _past_the_end(pages)) from error


def _past_the_end(pages):
    said = _("The last page with this number of records is {last}. The link “next” leads to each.")
    return format_lazy(said, last=pages.num_pages)


def _refuse_unknown(data, query):
    known = [*(data.conditions.base_filters if data.conditions else []), *PAGING]
    unknown = [name[:40] for name in query if name not in known]
    if unknown:
        said = format_lazy(_("These parameters are known: {known}."), known=", ".join(known))
        wrong = [Wrong(name, _("There is no parameter of this name."), tuple(known)) for name in unknown]
        raise Problem("unknown-parameter", 400, said, wrong)
    twice = [name for name, values in query.lists() if len(values) > 1]
    if twice:
        wrong = [Wrong(name, _("Give it once.")) for name in twice]
        raise Problem("wrong-value", 400, _("Correct the values named under errors."), wrong)
    if data.paged_by == "" and ("after" in query or "before" in query):
        wrong = [Wrong(name, _("This list has numbered pages only.")) for name in ("after", "before") if name in query]
        raise Problem("wrong-value", 400, _("Correct the values named under errors."), wrong)


def _number(query, name, otherwise, most):
    text = query.get(name, "")
    if not text:
        return otherwise
    if not WHOLE.fullmatch(text) or int(text) > most:
        said = format_lazy(_("Write a whole number from 1 to {most}."), most=most)
        raise Problem("wrong-value", 400, _("Correct the values named under errors."), [Wrong(name, said)])
    return int(text)


def _wrong(form):
    """What is wrong with each value, and which ones there are to choose from."""
    return [
        Wrong(name, lambda errors=errors: " ".join(errors), _allowed(form.fields[name]))
        for name, errors in form.errors.items()
    ]


def _allowed(field):
    """Every value that a field takes, also those that it does not offer because nothing has them."""
    if hasattr(field, "accepted"):
        return tuple(field.accepted[:MOST_ALLOWED])
    codes = [str(code) for code, _label in getattr(field, "choices", None) or [] if str(code)]
    return tuple(codes[:MOST_ALLOWED])
