"""Where the marks of a chart lie: widths in percent and heights in pixels, so that words keep their size on a phone."""

from dataclasses import dataclass

ROW, HEIGHT, TOP = 40, 160, 22
WIDEST = 82  # percent; the rest is for the figure beside the bar


@dataclass(frozen=True)
class Mark:
    """One bar or column, its label and its figure."""

    name: str
    value: int
    x: str
    y: float
    width: str
    height: float
    middle: str
    labelled: bool = True
    anchor: str = "middle"

    @property
    def label_x(self):
        """Where the label is anchored: at the very edge where it would not fit below the middle."""
        return {"start": "0", "end": "100%"}.get(self.anchor, self.middle)


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
    """Columns side by side, with a label at the first, the last, and as many between as fit on a phone."""
    most = max([bar.value for bar in values] + ([goal.value] if goal else []), default=0) or 1
    step = 100 / max(len(values), 1)
    every = max(len(values) // 4, 1)
    last = len(values) - 1
    edges = {0: "start", last: "end"} if last > 3 else {}
    return [
        Mark(
            bar.name,
            bar.value,
            f"{place * step + step * 0.1:.2f}%",
            round(TOP + HEIGHT * (1 - bar.value / most), 2),
            f"{step * 0.8:.2f}%",
            round(HEIGHT * bar.value / most, 2),
            f"{place * step + step / 2:.2f}%",
            (place % every == 0 and place + every <= len(values)) or place == last,
            edges.get(place, "middle"),
        )
        for place, bar in enumerate(values)
    ]
