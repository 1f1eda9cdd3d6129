"""Words that ``docs/words.md`` refuses, looked for in what users read; ``./run check`` calls this.

Looked through are the messages in English and Korean, the texts of the data files, Korean in templates, and the help.
A line of the table holds for Korean or for English, by the letters of its first column.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import polib

from tests.messages import CATALOGUE, OF_DJANGO

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "docs" / "words.md"
HEADING = "## Refused words"
KOREAN = re.compile("[가-힣]")
QUOTED = re.compile("‘[^’]*’")
AS_PUBLISHED = {"name_ko", "name_en", "former_name_ko", "former_name_en", "participants_ko", "label_ko"}
TOPICS = "agenda_items.csv"  # as the meetings themselves called them


@dataclass(frozen=True)
class Refused:
    """A word that nobody reads, and the right one. ``within``: longer words in which it may stand."""

    word: str
    right: str
    within: tuple

    def in_(self, text):
        """Whether a text has the word, other than in a longer one in which it may stand."""
        for longer in self.within:
            text = text.replace(longer, "")
        if KOREAN.search(self.word):
            return self.word in text
        return re.search(rf"\b{re.escape(self.word)}\b", text, re.IGNORECASE) is not None


def refused():
    """The lines of the table. Raises ``ValueError`` where there is none."""
    table = WORDS.read_text().partition(HEADING)[2].partition("\n## ")[0]
    lines = [line[1:-1] for line in table.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines[2:]]
    if not rows:
        raise ValueError(f"docs/words.md has no table under “{HEADING}”")
    return [Refused(word, right, tuple(filter(None, within.split(", ")))) for word, right, within in rows]


def texts():
    """What users read, as pairs of where it stands and the text."""
    yield from of_messages()
    yield from of_data()
    for path in sorted([*(ROOT / "templates").rglob("*.html"), *(ROOT / "docs" / "help").glob("*.md")]):
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            if KOREAN.search(line):
                yield f"{path.relative_to(ROOT)}:{number}", line


def of_messages():
    """Messages in both languages; those of Django only in the words of the second catalogue."""
    for path in [CATALOGUE, *OF_DJANGO]:
        for entry in polib.pofile(ROOT / path):
            asked = (entry.msgid, entry.msgid_plural) if path == CATALOGUE else ()
            for text in (*asked, entry.msgstr, *entry.msgstr_plural.values()):
                yield f"{path}: {entry.msgid[:50]!r}", text


def of_data():
    """Texts of the data files, without what sources themselves say, and without Korean names in English."""
    for path in sorted(set((ROOT / "missions" / "data").glob("*.csv")) - {ROOT / "missions" / "data" / TOPICS}):
        with path.open(newline="") as lines:
            rows = list(csv.DictReader(lines))
        for number, row in enumerate(rows, start=2):
            for column in row.keys() - AS_PUBLISHED:
                if column.endswith(("_ko", "_en")):
                    text = (QUOTED if column.endswith("_ko") else KOREAN).sub("", row[column])
                    yield f"{path.relative_to(ROOT)}:{number} {column}", text


def found():
    """One line for each text with a refused word, and what to write instead."""
    table = refused()
    return [
        f"{place}: “{rule.word}”; write “{rule.right}”"
        for place, text in texts()
        for rule in table
        if text and rule.in_(text)
    ]
