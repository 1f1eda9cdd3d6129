"""The shape of the code: which way imports run, and how long files grow."""

import ast
from collections import Counter
from pathlib import Path
from types import FunctionType

from django.contrib import admin
from django.forms import BaseModelForm

from missions.admin.base import ScopedAdmin, ScopedStacked
from missions.admin.difficulty.step_forms import StepForm
from missions.admin.forms import RecordForm

ROOT = Path(__file__).parent.parent
LONGEST_FILE = 300  # lines
DOMAIN = {"fields", "models", "search"}
# What each wing of ``missions`` may import besides itself. Staff code (``admin``) and public code (``views``,
# ``lists``, ``feeds``, ``map``, ``templatetags``) know nothing of each other.
MAY_IMPORT = {
    "fields": set(),
    "models": {"fields"},
    "search": {"fields", "models"},
    "documents": {"sheets"},
    "sheets": DOMAIN,
    "files": {"fields", "messages", "models"},
    "roles": set(),
    "messages": DOMAIN,
    "difficulties": DOMAIN | {"messages"},
    "publication": DOMAIN | {"difficulties", "files", "messages"},
    "statistics": DOMAIN | {"documents"},
    "personal_data": DOMAIN | {"files", "publication"},
    "loading": DOMAIN | {"publication", "sheets"},
    "lists": DOMAIN,
    "feeds": DOMAIN | {"lists"},
    "map": DOMAIN,
    "templatetags": DOMAIN | {"map", "statistics"},
    "api": DOMAIN | {"lists"},
    "views": DOMAIN | {"feeds", "files", "lists", "map", "statistics"},
    "admin": DOMAIN
    | {"difficulties", "documents", "files", "loading", "messages", "personal_data", "publication", "roles"}
    | {"sheets", "statistics"},
    "demo": DOMAIN | {"difficulties", "migrations", "publication", "roles", "statistics"},  # takes triggers off
    "management": DOMAIN
    | {"demo", "difficulties", "files", "loading", "messages", "personal_data", "publication", "roles", "statistics"},
    "urls": {"api", "feeds", "views"},
    "apps": set(),
}


def sources(*folders):
    """The Python files of some folders, migrations left out."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def wing(path):
    """The wing of ``missions`` that a file belongs to."""
    return path.relative_to(ROOT / "missions").parts[0].removesuffix(".py")


def imported(path):
    """Dotted names that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def wings_imported(path):
    """Wings of ``missions`` that a file imports from."""
    return {name.split(".")[1] for name in imported(path) if name.startswith("missions.")}


MISSIONS = [path for path in sources("missions") if path != ROOT / "missions" / "__init__.py"]


def test_every_wing_has_its_rule():
    assert {wing(path) for path in MISSIONS} == MAY_IMPORT.keys()


def test_wings_import_only_what_their_rule_allows():
    wrong = {
        str(path.relative_to(ROOT)): sorted(others)
        for path in MISSIONS
        if (others := wings_imported(path) - {wing(path)} - MAY_IMPORT[wing(path)])
    }
    assert wrong == {}


def test_no_wings_import_each_other_in_a_circle():
    left = dict(MAY_IMPORT)
    while free := [name for name, needed in left.items() if not needed & left.keys()]:
        left = {name: needed for name, needed in left.items() if name not in free}
    assert left == {}


def test_the_domain_does_not_import_the_project():
    assert [path for path in MISSIONS if any(name.split(".")[0] == "portal" for name in imported(path))] == []


def test_models_are_imported_from_their_package():
    deep = {
        str(path.relative_to(ROOT)): name
        for path in MISSIONS
        if wing(path) != "models"
        for name in imported(path)
        if name.startswith("missions.models.") and name.count(".") > 2
    }
    assert deep == {}


def test_models_import_each_other_inside_functions_only_where_a_difficulty_asks_of_its_parts():
    inside = {
        path.name
        for path in MISSIONS
        if wing(path) == "models"
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef)
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    }
    assert inside == {"difficulty_queries.py"}


def test_no_module_is_named_like_one_of_the_standard_library_that_it_needs():
    assert [path for path in MISSIONS if any(name.split(".")[0] == path.stem for name in imported(path))] == []


def test_no_file_is_longer_than_300_lines():
    lines = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in sources("missions", "portal")}
    assert {path: count for path, count in lines.items() if count > LONGEST_FILE} == {}


def names(nodes):
    """How often each name is read in some nodes of syntax."""
    found = [node for top in nodes for node in ast.walk(top) if isinstance(node, ast.Name | ast.Attribute)]
    return Counter(getattr(node, "id", None) or node.attr for node in found)


def test_no_class_serves_only_as_the_base_of_one_other():
    trees = [ast.parse(path.read_text()) for path in MISSIONS]
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    read = names(trees)
    stood_on = names(base for node in classes for base in node.bases if not isinstance(base, ast.Call))
    assert [node.name for node in classes if read[node.name] == stood_on[node.name] == 1] == []


def below(base):
    """All classes that stand on one, at whatever distance."""
    return {found for direct in base.__subclasses__() for found in [direct, *below(direct)]}


PAGES = below(ScopedAdmin) | below(ScopedStacked)  # and parts of pages


def test_every_page_of_the_desk_stands_on_its_bases():
    pages = {type(page) for page in admin.site._registry.values()}
    parts = {part for page in pages for part in page.inlines}
    assert (pages | parts) - PAGES == set()


def test_a_hook_of_the_desk_is_defined_once_below_a_page():
    twice = {}
    for page in PAGES:
        ours = [vars(base) for base in page.__mro__[1:] if base.__module__.startswith("missions.")]
        hooks = Counter(name for base in ours for name, value in base.items() if isinstance(value, FunctionType))
        twice |= {f"{page.__name__}.{name}": count for name, count in hooks.items() if count > 1}
    assert twice == {}


def test_every_record_of_the_desk_has_the_form_that_refuses_to_write_over_others():
    used = {getattr(page, name) for page in PAGES for name in ("form", "add_form") if hasattr(page, name)}
    ours = {form for form in below(BaseModelForm) if form.__module__.startswith("missions.admin.")}
    assert [form for form in used | ours if not issubclass(form, RecordForm | StepForm)] == []
