"""What the head of a page says of it: its addresses, its title, its description."""

import html
import json
import re
from operator import attrgetter

from django import template
from django.templatetags.static import static
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from missions.fields.bilingual import KoreanText

register = template.Library()
DESCRIPTION_LENGTH = 155  # what search engines show
LANGUAGES = ("ko", "en")
ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}  # a text could end the block otherwise


@register.tag
def capture(parser, token):
    """Keep what is between the tags as a plain text: ``{% capture title %}…{% endcapture %}``."""
    _tag, name = token.split_contents()
    nodes = parser.parse(["endcapture"])
    parser.delete_first_token()
    return _Capture(nodes, name)


class _Capture(template.Node):
    def __init__(self, nodelist, name):
        self.nodelist = nodelist
        self.name = name

    def render(self, context):
        """Print nothing. A block can be printed once only; its text as often as needed."""
        context[self.name] = re.sub(r"\s+", " ", html.unescape(self.nodelist.render(context))).strip()
        return ""


@register.simple_tag
def data_block(thing):
    """A thing of schema.org as a block of data, which no browser runs; nothing where there is none."""
    if not thing:
        return ""
    text = json.dumps(thing, ensure_ascii=False)
    for sign, escaped in ESCAPED.items():
        text = text.replace(sign, escaped)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - no sign of HTML is left


@register.tag
def breadcrumb(parser, token):
    """Print the breadcrumb between the tags, and say the same to search engines."""
    nodes = parser.parse(["endbreadcrumb"])
    parser.delete_first_token()
    return _Breadcrumb(nodes)


class _Breadcrumb(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        """The list as it is, and a block of data; the last of its steps is this page and has no address."""
        shown = self.nodelist.render(context)
        match = getattr(context.get("request"), "resolver_match", None)
        if not match or match.namespace != "missions":  # a page that says what went wrong is no place of the site
            return shown
        absolute = context["request"].build_absolute_uri
        steps = [
            {
                "@type": "ListItem",
                "position": number,
                "name": " ".join(html.unescape(strip_tags(step)).split()),
                **({"item": absolute(html.unescape(to[1]))} if (to := re.search(r'href="([^"]+)"', step)) else {}),
            }
            for number, step in enumerate(re.findall(r"<li[^>]*>(.*?)</li>", shown, re.DOTALL), 1)
        ]
        if len(steps) < 2:
            return shown
        return shown + data_block(
            {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": steps}
        )


@register.filter
def brief(text):
    """A text as long as search engines show it, cut between words."""
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    at_word = text[:DESCRIPTION_LENGTH].rpartition(" ")[0]
    kept = at_word if len(at_word) > DESCRIPTION_LENGTH // 2 else text[: DESCRIPTION_LENGTH - 1]
    return kept.rstrip(" ,.;:·(") + "…"


@register.filter
def own(text):
    """A text only if it is in the reader's language: a description does not mix them."""
    return "" if isinstance(text, KoreanText) else text


@register.filter
def own_texts(rows, path):
    """Texts of rows that are in the reader's language, with commas: ``{{ members|own_texts:"organisation.name" }}``."""
    return ", ".join(filter(None, (own(attrgetter(path)(row)) for row in rows)))


@register.simple_tag(takes_context=True)
def addresses(context):
    """The whole addresses of this page: in each language, by default, and the one that search engines should keep.

    The conditions and the page number of a list belong to its address (``address_query``). Other parts of the query
    do not.
    """
    request = context["request"]
    language = get_language()
    rest = request.path.removeprefix(f"/{language}")
    query = context.get("address_query", "")
    found = {name: f"{prefix}{rest}" for name, prefix in [("default", ""), *((each, f"/{each}") for each in LANGUAGES)]}
    whole = {name: request.build_absolute_uri(path) + (f"?{query}" if query else "") for name, path in found.items()}
    return whole | {"canonical": whole[language]}


@register.simple_tag(takes_context=True)
def whole_static(context, path):
    """The whole address of a static file, for those who read the head elsewhere."""
    return context["request"].build_absolute_uri(static(path))
