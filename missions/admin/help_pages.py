"""The help of the desk: pages of ``docs/help/``, by role and by the page of the desk that they are about.

A file is named by its place and its name, and begins with lines ``roles:`` and ``about:``, a blank line, and a heading.
``about`` has names of addresses, those of steps with ``:`` and the step; ``*`` stands for anything. A link to
``desk:NAME`` leads to that address, one to another file to its page; pictures are those of
``python -m tests.pictures``. The texts are the house's own: markup in them is shown, not followed.
"""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from django.conf import settings
from django.contrib import admin
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from missions.models import User
from missions.roles import ROLES
from missions.search.highlight import highlighted, snippet
from missions.search.tokens import has_every, terms

FOLDER = settings.BASE_DIR / "docs" / "help"
LINES = re.compile(
    r"roles:(?P<roles>[\w ,]*)\nabout:(?P<about>[\w ,*:]*)\n\n# (?P<title>[^\n]+)\n(?P<text>.*)", re.DOTALL
)
MARKS = re.compile(r"[*`#|]|\]\([^)]*\)|!?\[|^[-\d]+[.)]? ", re.MULTILINE)
LONGEST = 200  # letters of a query that are looked at


@dataclass(frozen=True)
class HelpPage:
    """One page of help: for which roles (none for all), and about which addresses of the desk."""

    name: str
    roles: tuple
    about: tuple
    title: str
    text: str

    @property
    def address(self):
        """Its address at the desk."""
        return reverse("admin:help_page", args=[self.name])

    @property
    def plain(self):
        """Its text without marks, for the search."""
        return " ".join(MARKS.sub("", self.text).split())

    @property
    def html(self):
        """Its text as HTML. It comes from the repository, and raw HTML in it is escaped."""
        return mark_safe(_markdown().render(self.text))  # noqa: S308

    def tells_of(self, name):
        """Whether it is about an address, by the address's name."""
        return any(fnmatchcase(name, each) for each in self.about)


@cache
def pages():
    """All pages of help, in the order of their files. Raises ``ValueError`` for a file without its first lines."""
    found = {}
    for path in sorted(FOLDER.glob("*.md")):
        if (match := LINES.fullmatch(path.read_text(encoding="utf-8"))) is None:
            raise ValueError(f"{path.name} does not begin as a page of help does: see missions/admin/help_pages.py")
        listed = [tuple(filter(None, re.split(r"[ ,]+", match[part]))) for part in ("roles", "about")]
        name = path.stem.partition("-")[2]
        found[name] = HelpPage(name, *listed, match["title"].strip(), match["text"].strip())
    return found


def _markdown():
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("link_open", _link)
    reader.add_render_rule("image", _picture)
    return reader


def _link(renderer, tokens, at, options, env):
    tokens[at].attrs["href"] = where(tokens[at].attrs["href"])
    return renderer.renderToken(tokens, at, options, env)


def _picture(renderer, tokens, at, options, env):
    tokens[at].attrs["src"] = static(f"help/{tokens[at].attrs['src']}")
    return renderer.image(tokens, at, options, env)


def where(target):
    """The address that a link of the help leads to. Raises ``NoReverseMatch`` or ``KeyError`` where there is none."""
    if target.startswith("desk:"):
        return reverse(f"admin:{target.removeprefix('desk:')}")
    name, _dot, part = target.partition(".md")
    return pages()[name.partition("-")[2]].address + part


def about(request):
    """The page of help on what a request shows; None where there is none."""
    match = request.resolver_match
    name = match.view_name.removeprefix("admin:") if match and match.view_name else ""
    name = f"{name}:{match.kwargs['name']}" if name and "name" in match.kwargs else name
    return next((page for page in pages().values() if page.tells_of(name)), None)


def tour(user):
    """The five steps of the first day, unless they were put away: pairs of a page of help and what one does.

    Two of them are of the user's role: who files and relays, who watches over all bodies, who approves, who audits.
    """
    roles = set(user.groups.values_list("name", flat=True))
    if user.tour_put_away or not roles:
        return []
    if roles & {"mission_officer", "domestic_secretariat"}:
        own = {
            "filing": _("File a difficulty, or see how it is filed."),
            "relay": _("Relay it to the body that can help, or answer what came to you."),
        }
    elif "ministry" in roles:
        own = {
            "ministry": _("See where a body needs help, and register who works where."),
            "reports": _("Draw up a report on the work of a body or of the whole programme."),
        }
    elif "approver" in roles:
        own = {
            "case": _("Read how a public case comes about."),
            "approver": _("Open a text that waits for approval; approve it or send it back."),
        }
    else:
        own = {
            "company": _("See how contacts are kept, and what is recorded when one is shown."),
            "approver": _("Review the records of access of a month, and write down what you found."),
        }
    steps = {
        "start": _("Read your front page: what waits for you comes first."),
        "difficulty": _("Open one difficulty and see whose turn it is, and until when."),
        **own,
        "search": _("Find it again by the search above, and save a view of your list."),
    }
    return [(pages()[name], what) for name, what in steps.items()]


def help_index(request):
    """All pages of help, those of one's own roles first; those that hold words, where some are asked for."""
    if request.method == "POST":
        User.objects.filter(pk=request.user.pk).update(tour_put_away="again" not in request.POST)
        return redirect("admin:help" if "again" in request.POST else "admin:index")
    query = request.GET.get("q", "").strip()[:LONGEST]
    own = set(request.user.groups.values_list("name", flat=True))
    groups = [(_("For everybody"), [page for page in pages().values() if not page.roles])]
    for role in sorted(ROLES.values(), key=lambda role: role.name not in own):
        groups.append((role.label, [page for page in pages().values() if role.name in page.roles]))
    context = {
        "title": _("Help"),
        "help_query": query,
        "hits": found(query) if query else None,
        "groups": [] if query else [(label, listed) for label, listed in groups if listed],
        "is_away": request.user.tour_put_away,
    }
    return TemplateResponse(request, "admin/help.html", admin.site.each_context(request) | context)


def found(query):
    """Pages that hold every word of a query, marked: title, and the part of the text that has the words."""
    wanted = terms(query)
    hits = [page for page in pages().values() if wanted and has_every(wanted, page.title, page.plain)]
    return [(page.address, highlighted(page.title, query), snippet(page.plain, query)[0]) for page in hits]


def help_page(request, name):
    """One page of help."""
    if (page := pages().get(name)) is None:
        raise Http404
    around = list(pages().values())
    at = around.index(page)
    context = {"title": page.title, "page": page, "next": around[at + 1] if at + 1 < len(around) else None}
    return TemplateResponse(request, "admin/help_page.html", admin.site.each_context(request) | context)
