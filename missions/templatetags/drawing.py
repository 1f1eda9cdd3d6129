"""Charts as SVG, drawn by the server from the table beside them."""

from itertools import chain

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from missions.fields.bilingual import KoreanText
from missions.statistics import charts
from missions.statistics.tables import Cell
from missions.templatetags.signs import lang

register = template.Library()
FOOT = charts.TOP + charts.HEIGHT
LINES = {1: FOOT + charts.LINE, 2: FOOT + 2 * charts.LINE}  # of the labels below the axis
TODAY = SafeString(' class="today"')
BLANK = SafeString(' class="blank"')


@register.inclusion_tag("missions/_chart.html")
def chart(table):
    """Bars for what is compared, columns for what runs over time."""
    values = table.bars
    return {
        "table": table,
        "marks": _columns(charts.columns(values, table.goal)) if table.over_time else _bars(charts.bars(values)),
        "goal": table.goal and charts.columns([table.goal, *values])[0],
        "height": LINES[2] + 6 if table.over_time else charts.ROW * len(values),
        "foot": FOOT,
    }


def _columns(marks):
    """The columns of a chart, written at once like the rows of its table."""
    figure = '<text class="figure" x="{}" y="{}" text-anchor="middle">{}</text>'
    name = '<text class="name" x="{}" y="{}" text-anchor="{}">{}</text>'
    told = [mark for mark in marks if mark.labelled]
    below = [(label.x, LINES[label.line], label.anchor, label.text) for mark in told for label in mark.labels]
    return (
        _rectangles(marks)
        + format_html_join("", figure, ((mark.middle, round(mark.y - 5, 2), mark.value) for mark in told))
        + format_html_join("", name, below)
    )


def _bars(marks):
    name, figure = '<text x="0" y="{}"{}>{}</text>', '<text class="figure" x="{}" y="{}">{}</text>'
    return (
        format_html_join("", name, ((mark.y - 4, lang(mark.name), mark.name) for mark in marks))
        + _rectangles(marks)
        + format_html_join("", figure, ((mark.middle, mark.y + 13, mark.value) for mark in marks))
    )


def _rectangles(marks):
    """The rectangles of a chart. Where they lie was computed: there is nothing to escape."""
    form = '<rect class="bar" x="{0.x}" y="{0.y}" width="{0.width}" height="{0.height}"/>'
    return SafeString("".join(map(form.format, marks)))


@register.inclusion_tag("missions/_boxes.html")
def boxes(table, quartiles):
    """Quartiles as boxes on one scale of days."""
    most = max((upper for _label, _lower, _median, upper in quartiles), default=0) or 1
    drawn = [
        {
            "label": label,
            "text": f"{lower} · {median} · {upper}",
            "y": charts.ROW * place + 18,
            "x": f"{charts.WIDEST * lower / most:.2f}%",
            "width": f"{max(charts.WIDEST * (upper - lower) / most, 0.5):.2f}%",
            "middle": f"{charts.WIDEST * median / most:.2f}%",
            "end": f"{charts.WIDEST * upper / most + 1:.2f}%",
        }
        for place, (label, lower, median, upper) in enumerate(quartiles)
    ]
    return {"table": table, "boxes": drawn, "height": charts.ROW * len(drawn)}


@register.simple_tag
def rows_of(table):
    """The rows of a table, written at once: a template would take longer for them than for the rest of the page."""
    labels = [format_html(' data-label="{}"', head) for head in table.shown_head[1:]]
    line = f'<tr{{}}><th scope="row">{{}}</th>{"<td{}{}>{}</td>" * len(labels)}</tr>'
    lines = []
    for number, (first, *rest) in enumerate([row[place] for place in table.columns] for row in table.rows):
        cells = zip(labels, (BLANK if cell.text == "–" else "" for cell in rest), map(_printed, rest), strict=True)
        lines.append((TODAY if table.begins_today and not number else "", _printed(first), *chain(*cells)))
    return format_html("<tbody>{}</tbody>", format_html_join("", line, lines))


def _printed(cell):
    if cell.more:
        cells = [Cell(cell.text, cell.link)] * (cell.text != "") + [*cell.more]
        return format_html_join(", ", "{}", [(_printed(one),) for one in cells])
    words = format_html('<span lang="ko">{}</span>', cell.text) if isinstance(cell.text, KoreanText) else cell.text
    return format_html('<a href="{}">{}</a>', cell.link, words) if cell.link else words
