"""The shape of the code: which way imports run, and how long files grow."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = [
    path
    for folder in ("missions", "portal")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
]
LAYERS = [
    {
        "addresses",
        "bigrams",
        "bilingual",
        "capped",
        "charts",
        "dates",
        "periods",
        "projection",
        "references",
        "unions",
        "validators",
    },
    {"models"},
    {"public_words"},
    {"public_index", "spotting"},
    {
        "authors",
        "calendar",
        "clocks",
        "counters",
        "datafiles",
        "figures",
        "health",
        "openwork",
        "privacy",
        "rollout",
        "search",
        "similar",
        "stamp",
        "tables",
        "times",
        "worldmap",
    },
    {"closing", "handover", "programme", "progress", "publishing", "relays", "roles", "workflow"},
    {"highlight", "paging", "public_search", "site_pages"},
    {"exports", "filter_kinds", "hits"},
    {"desk", "filters", "instead", "listing", "templatetags"},
    {"admin", "demo", "feeds", "sitemaps", "views"},
    {"management"},
    {"apps", "urls", "urls_root"},
]
STAFF = {"admin", "desk"}
PUBLIC = {
    "exports",
    "feeds",
    "filter_kinds",
    "filters",
    "highlight",
    "hits",
    "instead",
    "listing",
    "paging",
    "public_search",
    "site_pages",
    "sitemaps",
    "templatetags",
    "urls",
    "urls_root",
    "views",
}
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


def part(path):
    """The module or package of ``missions`` a file belongs to."""
    return path.relative_to(ROOT / "missions").parts[0].removesuffix(".py")


def imported(path):
    """Dotted names that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parts_imported(path):
    """Modules and packages of ``missions`` that a file imports."""
    names = {name.split(".")[1] for name in imported(path) if name.startswith("missions.")}
    return {name for name in names if name in LEVEL}


MISSIONS = [path for path in SOURCES if "missions" in path.parts and path.name != "__init__.py"]


@pytest.mark.parametrize("path", MISSIONS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_has_its_layer_and_imports_only_downwards(path):
    own = part(path)

    assert own in LEVEL, f"{own} has no layer"
    upwards = {name for name in parts_imported(path) if LEVEL[name] > LEVEL[own]}
    assert upwards <= ({"admin"} if own == "desk" else set())


@pytest.mark.parametrize("path", MISSIONS, ids=lambda path: str(path.relative_to(ROOT)))
def test_staff_code_and_public_code_do_not_import_each_other(path):
    other = {**dict.fromkeys(STAFF, PUBLIC), **dict.fromkeys(PUBLIC, STAFF)}.get(part(path), set())

    assert not parts_imported(path) & other


def test_the_domain_does_not_import_the_project():
    assert not [path for path in MISSIONS if any(name.split(".")[0] == "portal" for name in imported(path))]


def test_models_are_imported_from_their_package():
    outside = [path for path in MISSIONS if part(path) not in ("models",)]

    deep = {
        str(path.relative_to(ROOT)): name
        for path in outside
        for name in imported(path)
        if name.startswith("missions.models.") and name.count(".") > 2
    }
    assert deep == {}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_longer_than_300_lines(path):
    assert len(path.read_text().splitlines()) <= 300
