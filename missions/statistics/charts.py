"""Where the marks of a chart lie: widths in percent and heights in pixels, so that words keep their size on a phone."""

from dataclasses import dataclass

ROW, HEIGHT, TOP = 40, 160, 22
WIDEST = 82  # percent; the rest is for the figure beside the bar
MOST_LABELLED = 12  # columns whose labels fit side by side on a phone
EDGE = 15  # percent; nearer to an edge, half of a label would lie outside
LINE = 18


@dataclass(frozen=True)
class Label:
    """Words below the axis, in the first or the second line."""

    text: str
    x: str
    anchor: str = "middle"
    line: int = 1


@dataclass(frozen=True)
class Mark:
    """One bar or column, with its figure where that is told, and the labels of a column."""

    name: str
    value: int
    x: str
    y: float
    width: str
    height: float
    middle: str
    labelled: bool = True
    labels: tuple = ()


def bars(values):
    """Bars one under another, each below its label."""
    most = max((bar.value for bar in values), default=0) or 1
    return [
        Mark(
            bar.name,
            bar.value,
            "0",
            place * ROW + 18,
            f"{WIDEST * bar.value / most:.2f}%",
            16,
            f"{WIDEST * bar.value / most + 1:.2f}%",
        )
        for place, bar in enumerate(values)
    ]


def columns(values, goal=None):
    """Columns side by side. Where not all figures and labels fit, only the first, last and highest column have them."""
    most = max([bar.value for bar in values] + ([goal.value] if goal else []), default=0) or 1
    step = 100 / max(len(values), 1)
    labels = _labels(values, step)
    return [
        Mark(
            bar.name,
            bar.value,
            f"{place * step + step * 0.1:.2f}%",
            round(TOP + HEIGHT * (1 - bar.value / most), 2),
            f"{step * 0.8:.2f}%",
            round(HEIGHT * bar.value / most, 2),
            f"{place * step + step / 2:.2f}%",
            place in labels,
            labels.get(place, ()),
        )
        for place, bar in enumerate(values)
    ]


def _labels(values, step):
    """The labels of those columns that have any, by their place."""
    if len(values) <= MOST_LABELLED:
        return {place: _both(values, place, step) for place in range(len(values))}
    last = len(values) - 1
    highest = max(range(len(values)), key=lambda place: values[place].value)
    ends = {0: (Label(values[0].name, "0", "start"),), last: (Label(values[last].name, "100%", "end"),)}
    return {highest: (_beside(values[highest].name, highest, step),)} | ends


def _both(values, place, step):
    """The short name of a column, and below it what several have in common, once."""
    bar, before = values[place], values[place - 1].group if place else ""
    label = Label(bar.short or bar.name, f"{place * step + step / 2:.2f}%")
    return (label,) if bar.group == before else (label, _beside(bar.group, place, step))


def _beside(text, place, step):
    """A label in the second line, within the chart also at its edges."""
    middle = place * step + step / 2
    if middle < EDGE:
        return Label(text, f"{place * step + step * 0.1:.2f}%", "start", 2)
    if middle > 100 - EDGE:
        return Label(text, f"{place * step + step * 0.9:.2f}%", "end", 2)
    return Label(text, f"{middle:.2f}%", "middle", 2)
