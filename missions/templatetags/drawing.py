"""Charts as SVG, drawn by the server from the table beside them."""

from django import template

from missions import charts

register = template.Library()


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
        "height": charts.TOP + charts.HEIGHT + 24 if table.over_time else charts.ROW * len(marks),
        "foot": charts.TOP + charts.HEIGHT,
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
