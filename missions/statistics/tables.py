"""Tables of figures as the public reads them: on a page with its chart, and as CSV."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from missions.fields.addresses import page_of

MOST_OPEN = 8  # rows of a table below its chart
SMALL = 3  # a count of private records below this could point at a firm


@dataclass(frozen=True)
class Cell:
    """What stands in a table: words or a number, and the address of the list or record behind it.

    ``more`` are further cells that stand in the same place, and ``data`` is what a file has instead, for programs.
    """

    text: object
    link: str = ""
    more: tuple = ()
    data: tuple | None = None


@dataclass(frozen=True)
class Bar:
    """One value of a chart. In little room, ``short`` stands below each column and ``group`` once for several."""

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
    begins_today: bool = False  # its first row is of today, the others stand still
    file_head: list | None = None  # where a file has other columns
    sentences: tuple = ()
    left_out: tuple = ()  # columns which the page leaves out, for one of the sentences says what is in all their rows
    folds: bool = True

    @property
    def columns(self):
        """The places of the columns on the page."""
        return [place for place in range(len(self.head)) if place not in self.left_out]

    @property
    def shown_head(self):
        """The headings on the page; with one only there is nothing to show in a table."""
        return [self.head[place] for place in self.columns]

    @property
    def is_folded(self):
        """Whether the page shows the table when asked to: its chart says the same."""
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
    """What is not known, or not to be told: nothing in a file."""
    return Cell("–", data=("",))


def address_of_list(name, **query):
    """The address of a public list with its filters."""
    address = page_of(name)
    return f"{address}?{urlencode(query)}" if query else address


def guarded(count):
    """A count of private records as the public may read it: those under three in words only."""
    return count if count >= SMALL else _("fewer than %(count)d") % {"count": SMALL}


def guarded_parts(counts):
    """The counts of private records by part, and their sum, as the public may read both.

    What is shown fits two sizes at least of each hidden part, also for a reader who knows these rules. With a part
    hidden, the sum less the others would tell it: the first part in order that is large enough is left out too,
    whatever its size. The sum is left out where it would tell all hidden parts, being the most or the least they can
    be, and where it is next to that, so that leaving it out tells nothing.
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
