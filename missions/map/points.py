"""Missions as points of the world map: at their places, far enough apart to be hit, labelled where there is room."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, product
from math import cos, hypot, sin

from missions.map.projection import HEIGHT, WIDTH, place
from missions.models import BodyState

RUNNING, OTHER, BARE = 7.5, 5.5, 3.5  # radius of a point whose body runs, of another with a body, and without one
APART, BARE_APART = 14, 8  # two points are at least this far from each other, those of missions without a body nearer
TOUCH = 16.5  # radius within which a point with a body can always be met: 24 px across where the map is drawn smallest
MOST_APART = TOUCH + BARE  # farther apart no point pushes another
REACH = 31  # radius within which a point can be met, where no neighbour is nearer: 44 px across on a tablet
LETTERS = 17  # height of a label
MOST = 300  # points drawn; no country has as many missions


@dataclass
class Point:
    """A mission on the map. ``x`` and ``y`` are its place; ``at`` is where it is drawn if a neighbour covers it."""

    mission: object
    x: float
    y: float
    at: tuple
    radius: float
    reach: float = REACH
    touched: tuple = ()  # the middle of the circle within which it can be met
    label: tuple = ()

    @property
    def state(self):
        """The state of its body, or nothing where none is known."""
        return self.mission.body.state if self.mission.has_body else ""

    @property
    def moved(self):
        """Whether a line must lead from the drawn point to its place."""
        return hypot(self.at[0] - self.x, self.at[1] - self.y) > 1


def placed(missions):
    """The points of missions with their bodies, from north to south. Those whose place is not known have none."""
    found = []
    for mission in [mission for mission in missions if mission.has_place][:MOST]:
        x, y = place(mission.latitude, mission.longitude)
        found.append(Point(mission, x, y, (x, y), _radius(mission)))
    found.sort(key=lambda point: (point.y, point.x, point.mission.slug))
    _spread(found)
    for one, other in _near(found, 2 * REACH):
        between = _between(one, other)
        for point, beside in ((one, other), (other, one)):
            share = between / 2
            if _is_bare(one) != _is_bare(other):
                share = max(share, TOUCH) if _is_bare(beside) else between - max(share, TOUCH)
            point.reach = min(point.reach, share)
    for point in found:
        _widen(point, found)
    _label(found)
    return found


def _radius(mission):
    if not mission.has_body:
        return BARE
    return RUNNING if mission.body.state == BodyState.LAUNCHED else OTHER


def _is_bare(point):
    return point.radius == BARE


def _least(one, other):
    """How far from each other two points are at least."""
    if _is_bare(one) and _is_bare(other):
        return BARE_APART
    return TOUCH + BARE if _is_bare(one) or _is_bare(other) else APART


def _widen(point, found):
    """Let a finger meet a point with a body also where another one is too near: more on the side away from that.

    Where a third point would be covered there, it stays as small as it is.
    """
    point.touched = point.at
    if _is_bare(point) or point.reach >= TOUCH:
        return
    others = [other for other in found if other is not point]
    nearest = min((other for other in others if not _is_bare(other)), key=lambda other: _between(point, other))
    gap, more = _between(point, nearest), TOUCH - point.reach
    x, y = (here + (here - there) / gap * more for here, there in zip(point.at, nearest.at, strict=True))
    if all(hypot(x - other.at[0], y - other.at[1]) >= TOUCH for other in others):
        point.touched, point.reach = (x, y), TOUCH


def by_region(missions):
    """Missions grouped by the ministry's regional bureaus, in the order of its statute."""
    groups = {}
    for mission in missions:
        groups.setdefault(mission.country.region, []).append(mission)
    return sorted(groups.items(), key=lambda group: group[0].order if group[0] else len(groups) * 100)


def _between(one, other):
    return hypot(one.at[0] - other.at[0], one.at[1] - other.at[1])


def _near(found, distance):
    """Pairs of points that may be nearer to each other than a distance: both in one square of it, or in neighbours."""
    squares = defaultdict(list)
    for point in found:
        squares[point.at[0] // distance, point.at[1] // distance].append(point)
    for (column, row), here in squares.items():
        yield from combinations(here, 2)
        for beside in ((column + 1, row - 1), (column + 1, row), (column + 1, row + 1), (column, row + 1)):
            yield from product(here, squares.get(beside, ()))


def _spread(found):
    """Push points that cover one another apart, each as far as the other."""
    for number, point in enumerate(found):
        # Points at the very same place part in different directions: by the golden angle, invisibly far at first.
        point.at = point.x + 0.01 * cos(2.4 * number), point.y + 0.01 * sin(2.4 * number)
    for _ in range(60):
        moved = False
        for one, other in list(_near(found, MOST_APART)):
            (x, y), (beside_x, beside_y) = one.at, other.at
            east, south = beside_x - x, beside_y - y
            if not (-MOST_APART < east < MOST_APART and -MOST_APART < south < MOST_APART):
                continue
            gap, apart = hypot(east, south), _least(one, other)
            if gap >= apart - 0.01:
                continue
            east, south = (length / gap * (apart - gap) for length in (east, south))
            first = 0.5 if _is_bare(one) == _is_bare(other) else float(_is_bare(one))  # one with a body stays
            one.at = x - east * first, y - south * first
            other.at = beside_x + east * (1 - first), beside_y + south * (1 - first)
            moved = True
        if not moved:
            return


def _label(found):
    """Give each point a label on the first side that is free. Without room or a body, it shows on hover and focus."""
    taken = [_box(*point.at, point.radius) for point in found]
    for point in found:
        sides = [next(_sides(point))] if point.radius == BARE else list(_sides(point))
        free = (side for side in sides if _on_map(side[3]) and not any(_meet(side[3], box) for box in taken))
        side = None if point.radius == BARE else next(free, None)
        if side:
            taken.append(side[3])
        point.label = (*(side or sides[0])[:3], bool(side))


def _sides(point):
    """Anchor, position and box of a label to the right, to the left, below and above."""
    (x, y), gap = point.at, point.radius + 4
    words = str(point.mission.place)
    wide = sum(LETTERS if unicodedata.east_asian_width(letter) in "WF" else LETTERS * 0.56 for letter in words)
    base = y + LETTERS * 0.35
    yield "start", x + gap, base, (x + gap, base - LETTERS, x + gap + wide, base + 3)
    yield "end", x - gap, base, (x - gap - wide, base - LETTERS, x - gap, base + 3)
    for low in (y + gap + LETTERS * 0.8, y - gap):
        yield "middle", x, low, (x - wide / 2, low - LETTERS, x + wide / 2, low + 3)


def _box(x, y, radius):
    return x - radius, y - radius, x + radius, y + radius


def _on_map(box):
    return box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= HEIGHT


def _meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
