"""What the documents say of the sources: every module has its line, and no path leads nowhere."""

import re
from pathlib import Path

from django.utils.translation import override

from missions.difficulties.workflow import STEPS

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
LINE = re.compile(r"^\* `([\w/]+\.py)`: .", re.MULTILINE)
PATH = re.compile(r"`((?:missions|portal|templates|tests|docs)/[\w/.-]*)`")


def test_every_module_has_its_line_in_the_architecture():
    paths = [path.relative_to(ROOT) for name in ("missions", "portal") for path in (ROOT / name).rglob("*.py")]
    modules = {
        str(path).removeprefix("missions/")
        for path in paths
        if path.name != "__init__.py" and not {"migrations", "formats"} & set(path.parts)
    }
    lines = LINE.findall((ROOT / "docs/architecture.md").read_text())

    assert {"without a line": modules - set(lines), "gone": set(lines) - modules} == {
        "without a line": set(),
        "gone": set(),
    }
    assert len(lines) == len(set(lines))


def test_every_path_that_a_document_names_is_there():
    gone = {
        f"{document.relative_to(ROOT)}: {path}"
        for document in DOCUMENTS
        for path in PATH.findall(document.read_text())
        if not (ROOT / path).exists()
    }
    assert gone == set()


def test_every_weakness_says_how_it_is_met_and_which_test_holds_it_or_that_none_does():
    lines = re.findall(r"^\|(.+)\|$", (ROOT / "docs/security.md").read_text(), re.MULTILINE)
    rows = [[cell.strip() for cell in line.split(" | ")] for line in lines if not re.fullmatch(r"[-|]+", line)]
    held = [row for row in rows if row[-1] != "tests"]
    named = {name for row in held for name in re.findall(r"tests/[\w/]+\.py", row[-1])}

    assert [row for row in rows if len(row) != 3 or not all(row)] == []
    assert [row[0] for row in held if not re.search(r"`tests/[\w/]+\.py`|no test", row[-1])] == []
    assert named and {name for name in named if not (ROOT / name).is_file()} == set()


def test_every_document_that_another_links_to_is_there():
    gone = {
        f"{document.relative_to(ROOT)}: {target}"
        for document in DOCUMENTS
        for target in re.findall(r"\]\(([\w/.-]+)(?:#[\w-]+)?\)", document.read_text())
        if not (document.parent / target).exists()
    }
    assert gone == set()


def test_the_glossary_has_every_step_in_the_words_of_the_desk():
    lines = set((ROOT / "docs/words.md").read_text().splitlines())
    with override("ko"):
        korean = {name: str(step.label) for name, step in STEPS.items()}
    with override("en"):
        wanted = {f"| {korean[name]} | {step.label} | `{name}` |" for name, step in STEPS.items()}
    assert wanted - lines == set()
