"""Missions in the list of all: as rows of its table, and as points of the map below it.

There are so many that a template would take longer for them than for the rest of the page.
"""

from django import template
from django.utils.html import format_html

from missions.map import projection
from missions.templatetags.reading import certain, tongue
from missions.templatetags.signs import body_state, lang

register = template.Library()


@register.inclusion_tag("missions/_map.html")
def world_map(points):
    """The map of the world with missions as points."""
    return {"points": points, "width": projection.WIDTH, "height": projection.HEIGHT}


@register.simple_tag
def point_drawn(point, without_body):
    """A link to a mission on the map: its shapes and its name. Numbers are not localised."""
    mission = point.mission
    state = mission.body.get_state_display() if point.state else without_body
    return format_html(
        '<a href="{}" class="place {}"{} aria-label="{}, {}, {}">{}</a>',
        *(mission.get_absolute_url(), point.state or "none", lang(mission.name)),
        *(mission.place, mission.name, state, _shapes(point)),
    )


@register.simple_tag
def mission_row(mission, kind, country, body, without_body):
    """A row of the table. The words are the heads of its columns, and what stands where no body is known."""
    without = format_html('<span class="unknown">{}</span>', without_body)
    state = body_state(mission.body, mission.stated) if mission.has_body else without
    return format_html(
        '<tr><th scope="row"><a href="{}">{}</a> {}</th>' + '<td data-label="{}">{}</td>' * 3 + "</tr>",
        *(mission.get_absolute_url(), tongue(mission.name), certain(mission)),
        *(kind, mission.get_kind_display(), country, tongue(mission.country.name), body, state),
    )


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
