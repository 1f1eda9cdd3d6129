"""What a document is made of, whether it becomes a page, a spreadsheet or HWPX: all three say the same."""

from dataclasses import asdict, dataclass, field
from itertools import zip_longest


@dataclass(frozen=True)
class Row:
    """A line of a table: words and whole numbers, and the address at the desk of the record it tells of."""

    cells: list
    link: str = ""


@dataclass(frozen=True)
class Part:
    """A chapter: facts as pairs of a name and what stands there, texts, and a table.

    ``empty`` is said where it has none of these. ``numbers`` are the places of columns with numbers.
    """

    title: str
    facts: list = field(default_factory=list)
    texts: list = field(default_factory=list)
    head: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    numbers: list = field(default_factory=list)
    empty: str = ""

    @property
    def is_empty(self):
        """Whether nothing is known that it could tell."""
        return not (self.facts or self.texts or self.rows)

    @property
    def lines(self):
        """The rows, each with its cells beside the heads of their columns, which a narrow page prints with them."""
        return [(row, list(zip_longest(self.head[: len(row.cells)], row.cells, fillvalue=""))) for row in self.rows]


@dataclass(frozen=True)
class Document:
    """Chapters under a title. ``about`` are sentences below it: of what, by whom, as of when."""

    title: str
    about: list
    parts: list

    def kept(self):
        """The document as JSON keeps it."""
        return asdict(self)


def read(kept):
    """The document that ``kept()`` gave."""
    parts = [Part(**part | {"rows": [Row(**row) for row in part["rows"]]}) for part in kept["parts"]]
    return Document(kept["title"], kept["about"], parts)
