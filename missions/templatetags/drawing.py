"""Charts as SVG, drawn by the server from the table beside them."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from missions import charts
from missions.bilingual import KoreanText
from missions.tables import Cell

register = template.Library()
FOOT = charts.TOP + charts.HEIGHT
TODAY = SafeString(' class="today"')


@register.inclusion_tag("missions/_chart.html")
def chart(table):
    """Bars for what is compared, columns for what runs over time."""
    values = table.bars
    marks = charts.columns(values, table.goal) if table.over_time else charts.bars(values)
    goal = table.goal and charts.columns([table.goal, *values])[0]
    return {
        "table": table,
        "marks": marks,
        "goal": goal,
        "height": FOOT + 2 * charts.LINE + 6 if table.over_time else charts.ROW * len(marks),
        "foot": FOOT,
        "first": FOOT + charts.LINE,
        "second": FOOT + 2 * charts.LINE,
    }


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
    lines = (
        (
            TODAY if table.begins_today and not number else "",
            _printed(first),
            format_html_join("", "<td{}>{}</td>", zip(labels, map(_printed, rest), strict=True)),
        )
        for number, (first, *rest) in enumerate([row[place] for place in table.columns] for row in table.rows)
    )
    return format_html("<tbody>{}</tbody>", format_html_join("", '<tr{}><th scope="row">{}</th>{}</tr>', lines))


def _printed(cell):
    if cell.more:
        cells = [Cell(cell.text, cell.link)] * (cell.text != "") + [*cell.more]
        return format_html_join(", ", "{}", [(_printed(one),) for one in cells])
    words = format_html('<span lang="ko">{}</span>', cell.text) if isinstance(cell.text, KoreanText) else cell.text
    return format_html('<a href="{}">{}</a>', cell.link, words) if cell.link else words
