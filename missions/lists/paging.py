"""Pages of a public list. Each is reached in the same time, however long the list is."""

import datetime

from django.core.exceptions import ValidationError
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import Q
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.http import urlencode

from missions.fields.capped import MOST
from missions.fields.validators import YEARS

PARAMETERS = ("page", "after", "before")


class Part(Page):
    """One page of a list, and the ends of the addresses of its neighbours; "" where there is none."""

    def __init__(self, rows, number, paginator, *, earlier=None, later=None):
        super().__init__(rows, number, paginator)
        self.earlier = number > 1 if earlier is None else earlier
        self.later = number < paginator.num_pages or paginator.is_capped if later is None else later

    @property
    def first(self):
        """The page with which the list begins."""
        return "page=1" if self.earlier else ""

    @property
    def previous(self):
        """The page before this one."""
        if not self.earlier:
            return ""
        return f"page={self.number - 1}" if self.number else self.paginator.end("before", self[0])

    @property
    def next(self):
        """The page after this one."""
        if not self.later:
            return ""
        if self.number and self.number < self.paginator.num_pages:
            return f"page={self.number + 1}"
        return self.paginator.end("after", self[-1])

    @property
    def last(self):
        """The page with which the list ends."""
        if not self.later:
            return ""
        return "page=last" if self.paginator.is_capped else f"page={self.paginator.num_pages}"


class NewestRows:
    """The first ``MOST`` rows of a list that a costly condition leaves. It is asked once, for their keys."""

    def __init__(self, found, rows):
        self.found, self.rows = found, rows

    @cached_property
    def keys(self):
        """Primary keys in the order of the list, and one more if there are more."""
        return list(self.found.values_list("pk", flat=True)[: MOST + 1])

    def __len__(self):
        return len(self.keys)

    def __getitem__(self, part):
        keys = self.keys[:MOST][part]
        rows = self.rows.in_bulk(keys)
        return [rows[key] for key in keys if key in rows]


class Pages(Paginator):
    """The pages of some rows.

    Rows that may be a million are ordered by ``key``, a column that is never empty, and by their primary key, both
    descending. They are counted up to ``MOST``; the pages behind that are addressed by the row they begin after or
    end before, and the last one is read from the other end. Without a ``key`` all rows are counted and numbered.
    Where rows are what a costly condition leaves of a list, ``newest_of`` is that list, and no page goes beyond.
    """

    def __init__(self, rows, per_page, key="", *, newest_of=None):
        ordered = rows.order_by(f"-{key}", "-pk") if key else rows
        super().__init__(ordered if newest_of is None else NewestRows(ordered, newest_of), per_page)
        self.key, self.ends_at_cap = key, newest_of is not None

    @cached_property
    def _counted(self):
        if self.ends_at_cap:
            return len(self.object_list)
        rows = self.object_list.order_by()
        return (rows[: MOST + 1] if self.key else rows).count()

    @property
    def is_capped(self):
        """Whether there are pages beyond the rows that are counted."""
        return bool(self.key) and self._counted > MOST and not self.ends_at_cap

    @property
    def count(self):
        """How many rows there are, ``MOST`` if more."""
        return min(self._counted, MOST) if self.key else self._counted

    @property
    def is_long(self):
        """Whether a count would be more exact than anyone needs: it reads “1,000+”."""
        return self._counted > MOST

    @property
    def is_cut(self):
        """Whether more rows were found than ``count`` says."""
        return self.is_capped or (self.ends_at_cap and self.is_long)

    def asked(self, query):
        """The page that an address asks for. Raises ``Http404`` where there can be none."""
        number = query.get("page", 1)
        try:
            for side in ("after", "before"):
                if self.key and side in query and not self.ends_at_cap:
                    return getattr(self, side)(*self._place(query[side]))
            if number == "last":
                return self.before() if self.is_capped else self.page(self.num_pages)
            return self.page(number)
        except (EmptyPage, PageNotAnInteger, ValidationError, ValueError, OverflowError) as error:
            raise Http404("There is no such page.") from error

    def after(self, moment, pk):
        """The page that begins after a row."""
        beyond = Q(**{f"{self.key}__lt": moment}) | Q(pk__lt=pk)
        rows = list(self.object_list.filter(beyond, **{f"{self.key}__lte": moment})[: self.per_page + 1])
        if not rows:
            return self.before()
        return Part(rows[: self.per_page], None, self, earlier=True, later=len(rows) > self.per_page)

    def before(self, moment=None, pk=None):
        """The page that ends before a row; the last page of all when none is given."""
        rows = self.object_list.reverse()
        if moment is not None:
            rows = rows.filter(Q(**{f"{self.key}__gt": moment}) | Q(pk__gt=pk), **{f"{self.key}__gte": moment})
        rows = list(rows[: self.per_page + 1])
        if len(rows) <= self.per_page:
            return self.page(1)
        return Part(rows[self.per_page - 1 :: -1], None, self, earlier=True, later=moment is not None)

    def end(self, side, row):
        """The end of an address: the page on one side of a row."""
        return urlencode({side: f"{getattr(row, self.key).isoformat()}_{row.pk}"})

    def _place(self, text):
        moment, _, pk = text.partition("_")
        value = self.object_list.model._meta.get_field(self.key).to_python(moment)
        if isinstance(value, datetime.datetime):
            if value.tzinfo is None:
                raise ValueError(text)
            # PostgreSQL takes no offset of 16 hours or more, which Python does.
            value = value.astimezone(datetime.UTC)
        if value is None or value.year not in YEARS or not pk.isascii() or len(pk) > 18:
            raise ValueError(text)
        return value, int(pk)

    def _get_page(self, *arguments):
        return Part(*arguments)
