"""Tables of figures as the public reads them: on a page with its chart, and as CSV."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from missions.fields.addresses import page_of

MOST_OPEN = 8  # rows of a table below its chart
SMALL = 3  # a count of private records below this could point at a firm
ENOUGH = 5  # difficulties of which quartiles are stated: those of three tell the days of each


@dataclass(frozen=True)
class Cell:
    """What stands in one place of a table: words or a number, and the address of the list or record behind it.

    ``more`` are further cells in the same place. ``data`` replaces the words in the CSV file, for programs.
    """

    text: object
    link: str = ""
    more: tuple = ()
    data: tuple | None = None


@dataclass(frozen=True)
class Bar:
    """One value of a chart.

    Where columns are narrow, ``short`` stands below each of them, and ``group`` stands once below several.
    """

    name: str
    value: int
    short: str = ""
    group: str = ""


@dataclass
class Table:
    """Figures under a title. The first cell of each row names it; ``remark`` says what the reader must know."""

    name: str
    title: str
    head: list
    rows: list
    remark: str = ""
    bars: list = field(default_factory=list)
    over_time: bool = False
    goal: Bar | None = None
    begins_today: bool = False  # the first row is of today; the others no longer change
    file_head: list | None = None  # the columns of the file, where they differ from those of the page
    sentences: tuple = ()
    left_out: tuple = ()  # columns that have one value in all rows: the page says it in a sentence instead
    folds: bool = True

    @property
    def columns(self):
        """The columns that the page shows, by their places in ``head``."""
        return [place for place in range(len(self.head)) if place not in self.left_out]

    @property
    def shown_head(self):
        """The headings on the page. Where there is only one, the page shows no table."""
        return [self.head[place] for place in self.columns]

    @property
    def is_folded(self):
        """Whether the reader must unfold the table: it is long, and a chart above it says the same."""
        return self.folds and bool(self.bars) and len(self.rows) > MOST_OPEN

    @property
    def file(self):
        """The columns and the rows of the table as a file."""
        return self.file_head or self.head, [
            [value for cell in row for value in (cell.data or (cell.text,))] for row in self.rows
        ]

    @property
    def lines(self):
        """The rows, each with its heading and its cells with their column."""
        for first, *rest in self.rows:
            yield first, list(zip(self.head[1:], rest, strict=True))


def blank():
    """A cell for what is not known or must not be told: a dash on the page, empty in a file."""
    return Cell("–", data=("",))


def address_of_list(name, **query):
    """The address of a public list with its filters."""
    address = page_of(name)
    return f"{address}?{urlencode(query)}" if query else address


def few(limit=SMALL):
    """What stands in place of a count of private records that is too small to be told."""
    return _("fewer than %(count)d") % {"count": limit}
