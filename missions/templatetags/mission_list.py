"""Missions in the list of all, as rows of its table and as points of the map below it, and countries to choose from.

There are so many that a template would take longer for them than for the rest of the page.
"""

from html import escape

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from missions.map import projection
from missions.templatetags.reading import certain, tongue
from missions.templatetags.signs import body_state, lang

register = template.Library()


@register.inclusion_tag("missions/_map.html")
def world_map(points):
    """The map of the world with missions as points."""
    return {"points": points, "width": projection.WIDTH, "height": projection.HEIGHT}


@register.simple_tag
def points_drawn(points, without_body):
    """Links to missions on the map: their shapes and their names. Numbers are not localised."""
    form = '<a href="{}" class="place {}"{} aria-label="{}, {}, {}">{}</a>'
    return format_html_join("\n", form, (_point(point, without_body) for point in points))


def _point(point, without_body):
    mission, name = point.mission, point.mission.name
    state = mission.body.get_state_display() if point.state else without_body
    return mission.get_absolute_url(), point.state or "none", lang(name), mission.place, name, state, _shapes(point)


@register.simple_tag
def mission_rows(missions, kind, country, body, without_body):
    """Rows of the table. The words are the heads of its columns, and what stands where no body is known."""
    heads = [conditional_escape(words) for words in (kind, country, body)]
    without = format_html('<span class="unknown">{}</span>', without_body)
    form = '<tr><th scope="row"><a href="{}">{}</a> {}</th>' + '<td data-label="{}">{}</td>' * 3 + "</tr>"
    return format_html_join("\n", form, (_row(mission, *heads, without) for mission in missions))


def _row(mission, kind, country, body, without_body):
    state = body_state(mission.body, mission.stated) if mission.has_body else without_body
    name = mission.get_absolute_url(), tongue(mission.name), certain(mission)
    return *name, kind, mission.get_kind_display(), country, tongue(mission.country.name), body, state


@register.simple_tag
def country_options(countries):
    """Countries as options of a list to choose from, each by its code. A name without English is marked as Korean."""
    name = "name_en" if get_language() == "en" else "name_ko"
    options = []
    for country in countries:
        read = getattr(country, name)
        mark = "" if read else ' lang="ko"'
        options.append(f'<option value="{escape(country.code)}"{mark}>{escape(read or country.name_ko)}</option>')
    return SafeString("\n".join(options))


LINE = '<line x1="{}" y1="{}" x2="{}" y2="{}"></line>'
ON_DEMAND = ' class="on-demand"'
DOT = '<circle class="{}" cx="{{}}" cy="{{}}" r="{{}}"></circle>'


def _shapes(point):
    city, (anchor, *foot, has_room) = point.mission.place, point.label
    place, at, words = (_units(*lengths) for lengths in ((point.x, point.y), point.at, foot))
    values = [*_units(*point.touched, point.reach), *at, *_units(point.radius)]
    form = DOT.format("reach") + DOT.format("dot")
    if point.moved:
        form, values = LINE + form, [*place, *at, *values]
    if point.state == "launched":
        form, values = form + DOT.format("core"), [*values, *at, "2.5"]
    form += f'<text x="{{}}" y="{{}}" text-anchor="{{}}"{"" if has_room else ON_DEMAND}{{}}>{{}}</text>'
    return format_html(form, *values, *words, anchor, lang(city), city)


def _units(*lengths):
    return [f"{length:.1f}".removesuffix(".0") for length in lengths]
