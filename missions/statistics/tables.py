"""Tables of figures as the public reads them: on a page with its chart, and as CSV."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from missions.fields.addresses import page_of

MOST_OPEN = 8  # rows of a table below its chart
SMALL = 3  # a count of private records below this could point at a firm


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


def guarded(count):
    """A count of private records as the public may read it. A count under three becomes “fewer than 3”."""
    return count if count >= SMALL else _("fewer than %(count)d") % {"count": SMALL}


def guarded_parts(counts):
    """The counts of private records by part, and their sum, as the public may read both.

    Counts under three are hidden. Nobody may work one out from what is shown: at least two values of each hidden
    part must fit it, even for a reader who knows these rules.

    * Who subtracts the shown parts from the sum would find the hidden one. Therefore the first part in order that
      is not small is left out as well, whatever its size.
    * If the sum is the most or the least that the hidden parts can make, it tells each of them. Therefore it is
      left out then. It is also left out when it is one away from that: otherwise a missing sum would tell that
      it is exactly the most or the least.
    """
    total = sum(counts.values())
    shown = {key: guarded(count) for key, count in counts.items()}
    small = [count for count in counts.values() if count < SMALL]
    if not small or total < SMALL:
        return shown, guarded(total)
    further = next((key for key, count in counts.items() if count >= SMALL), None)
    if further is None:
        tells = total >= (SMALL - 1) * len(small) - 1
    else:
        shown[further] = _("left out")
        tells = sum(small) + counts[further] <= SMALL + 1
    return shown, _("left out") if tells else total
