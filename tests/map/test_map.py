"""Missions stand on the map where they stand on the globe, and each can be met."""

import random
import re
from html import unescape
from itertools import combinations
from math import cos, hypot, radians
from pathlib import Path

import pytest

from missions.map import points, projection
from missions.map.projection import equal_earth, place
from missions.models import Mission
from tests import make

pytestmark = pytest.mark.usefixtures("programme")
SMALLEST = 0.73  # px a unit, on a tablet; a phone scrolls the map
DRAWING = (Path(__file__).parent.parent.parent / "portal" / "static" / "world.svg").read_text()


def test_the_projection_has_the_width_and_height_of_equal_earth():
    assert equal_earth(0, 180) == pytest.approx((2.706629984, 0))
    assert equal_earth(90, 0) == pytest.approx((0, 1.317362759))


@pytest.mark.parametrize("latitude", [-85, -60, -34.6, 0, 12.5, 37.5665, 70])
def test_areas_are_true_at_every_latitude(latitude):
    """What the projection is for: a patch of the globe keeps its area, whatever formula is used."""
    step = 1e-4
    east = (equal_earth(latitude, step)[0] - equal_earth(latitude, -step)[0]) / radians(2 * step)
    north = (equal_earth(latitude + step, 0)[1] - equal_earth(latitude - step, 0)[1]) / radians(2 * step)

    assert east * north == pytest.approx(cos(radians(latitude)), rel=1e-5)


def inverse(x, y):
    """Degrees of a point of the map, by halving: nothing of the formula is used but that it grows northwards."""
    low, high = -90.0, 90.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if place(middle, projection.CENTRE)[1] > y else (low, middle)
    width = place(low, projection.CENTRE + 1)[0] - place(low, projection.CENTRE)[0]
    return low, (projection.CENTRE + (x - projection.ORIGIN[0]) / width + 180) % 360 - 180


@pytest.mark.parametrize(("latitude", "longitude"), [(37.5, 127), (34.05, -118.24), (50.1, 8.7), (-33.9, 18.4)])
def test_a_place_is_found_again_from_its_point(latitude, longitude):
    assert inverse(*place(latitude, longitude)) == pytest.approx((latitude, longitude), abs=1e-6)


@pytest.mark.parametrize(
    ("latitude", "longitude", "drawn"),
    [
        (37.484, 130.866, (445.9, 122.6)),  # Ulleungdo
        (37.239, 131.869, (448.4, 123.5)),  # Dokdo
    ],
)
def test_small_islands_of_korea_are_drawn_where_they_lie(latitude, longitude, drawn):
    assert place(latitude, longitude) == pytest.approx(drawn, abs=0.1)
    assert f"M{drawn[0] * 10:.0f} {drawn[1] * 10:.0f}h0" in DRAWING


def coastlines():
    """The outlines of the drawing in units of the map, from its relative coordinates in tenths."""
    for outline in re.search(r' d="(M[^"]*z)"', DRAWING)[1].split("z")[:-1]:
        numbers = [int(number) / 10 for number in re.findall(r"-?\d+", outline)]
        x = y = 0
        line = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            line.append((x, y))
        yield line


def is_land(x, y):
    """Whether a point lies inside an odd number of outlines."""
    inside = False
    for line in coastlines():
        for (ax, ay), (bx, by) in zip(line, [*line[1:], line[0]], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


@pytest.mark.parametrize(
    ("latitude", "longitude", "land"),
    [
        (21.03, 105.85, True),  # Hanoi
        (19.5, 107.2, False),  # the gulf beside it
        (40.42, -3.70, True),  # Madrid
        (40.0, 5.5, False),  # east of Spain
        (39.74, -104.98, True),  # Denver
        (25.0, -90.0, False),  # south of the United States
        (-23.7, 133.87, True),  # Alice Springs
        (-10.0, 75.0, False),  # south of India
        (36.35, 127.38, True),  # Daejeon
        (37.5, 133.5, False),  # east of Korea
        (43.3, 34.0, False),  # between Ukraine and Türkiye
        (-15.8, -47.9, True),  # Brasília
    ],
)
def test_land_and_water_are_where_the_points_expect_them(latitude, longitude, land):
    assert is_land(*place(latitude, longitude)) is land


def points_of(page):
    """What the map draws, by the name of each point: state, place and radius of its dot.

    Its accessible name begins with the label that is seen, so that it answers to those who speak what they see.
    """
    found = re.findall(
        r'<a href="[^"]*/missions/[^"]*" class="place (\w+)"[^>]* aria-label="([^"]*)">(.*?)</a>', page, re.DOTALL
    )
    dot = r'class="dot" cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"'
    points = {}
    for state, name, inner in found:
        seen = re.search(r"<text[^>]*>([^<]*)</text>", inner)[1]
        assert name.startswith(f"{seen}, ")
        points[name.removeprefix(f"{seen}, ")] = (state, *map(float, re.search(dot, inner).groups()))
    return points


@pytest.mark.parametrize("address", ["/ko/missions/", "/en/missions/"])
def test_every_mission_whose_place_is_known_is_a_named_point(client, address):
    points = points_of(unescape(client.get(address).content.decode()))
    missions = list(Mission.objects.published())
    placed = [mission for mission in missions if mission.has_place]

    assert len(points) == len(placed) and 80 < len(placed) < len(missions)
    names = {label.rpartition(", ")[0] for label in points}
    assert names == {mission.name_en if "/en/" in address else mission.name_ko for mission in placed}


@pytest.mark.parametrize("address", ["/ko/", "/en/"])
def test_every_mission_with_a_body_is_a_named_point_at_its_place(client, address):
    points = points_of(client.get(address).content.decode())
    missions = Mission.objects.published().with_body()

    assert len(points) == len(missions) >= 10
    for mission in missions:
        name = mission.name_en if "/en/" in address else mission.name_ko
        found = next(values for label, values in points.items() if label.startswith(f"{name}, "))
        assert found[1:3] == pytest.approx(place(mission.latitude, mission.longitude), abs=0.06)


def test_a_point_says_the_state_and_is_larger_where_the_body_runs(client):
    points = points_of(client.get("/en/").content.decode())
    running = points["Embassy of the Republic of Korea in Vietnam, launched"]
    planned = points["Consulate General of the Republic of Korea in Ho Chi Minh City, planned"]

    assert (running[0], planned[0]) == ("launched", "planned")
    assert running[3] > planned[3]


def test_the_map_of_the_list_shows_what_the_filters_leave(client):
    points = points_of(client.get("/en/missions/?country=VN").content.decode())

    assert len(points) == 3 and all("Vietnam" in name or "Minh" in name or "Da Nang" in name for name in points)


def test_the_list_of_missions_holds_everything_that_its_map_shows(client):
    for _ in range(25):
        make.mission()
    page = client.get("/en/missions/").content.decode()
    rows = page.split("<tbody>")[1].split("</tbody>")[0]

    points = points_of(page)
    assert len(points) == Mission.objects.exclude(latitude=None).count() > 100
    assert [name for name in points if f">{name.rsplit(', ', 1)[0]}</a>" not in rows] == []


def test_a_mission_without_a_body_stands_on_the_map_and_in_the_list(client):
    make.mission(name_en="Z lonely")
    page = client.get("/en/missions/").content.decode()

    points = points_of(page)
    assert points["Z lonely, no body known"][3] < points["Embassy of the Republic of Korea in Vietnam, launched"][3]
    assert page.count("Z lonely</a>") == 1
    assert "Z lonely" not in client.get("/en/").content.decode()


def test_neighbours_are_drawn_apart_and_lines_lead_to_their_places(client):
    for latitude, longitude in [(50.735, 7.1), (50.735, 7.1), (50.94, 6.96)]:
        make.body(mission=make.mission(latitude=latitude, longitude=longitude))
    drawn = points.placed(list(Mission.objects.published().with_body().with_names()))
    page = client.get("/ko/").content.decode()

    for one, other in combinations(drawn, 2):
        apart = hypot(one.at[0] - other.at[0], one.at[1] - other.at[1])
        assert apart >= 12
        for point, beside in ((one, other), (other, one)):  # whoever means a point does not meet the one beside it
            assert hypot(point.touched[0] - beside.at[0], point.touched[1] - beside.at[1]) >= point.reach - 0.01
    x, y = (f"{length:.1f}".removesuffix(".0") for length in place(50.735, 7.1))
    assert f'<line x1="{x}" y1="{y}"' in page


def test_every_mission_with_a_body_is_met_within_24_px_on_any_screen():
    drawn = points.placed(list(Mission.objects.published().with_body().with_names()))
    bodies = [point for point in drawn if hasattr(point.mission, "body")]

    assert len(bodies) > 10 and all(point.reach * SMALLEST * 2 >= 24 for point in bodies)


def test_labels_cover_neither_one_another_nor_the_points():
    for number in range(12):
        make.body(mission=make.mission(latitude=48 + number % 4 * 2, longitude=2 + number * 2, city_ko="가나다라"))
    drawn = points.placed(list(Mission.objects.published().with_body().with_names()))
    shown = [point for point in drawn if point.label[3]]
    boxes = [next(side[3] for side in points._sides(point) if side[:3] == point.label[:3]) for point in shown]

    assert len(shown) > 10
    assert not [pair for pair in combinations(boxes, 2) if points._meet(*pair)]


@pytest.mark.parametrize(("latitude", "longitude"), [(90, 0), (-90, 180), (0, -30), (0, -30.0001), (0, 180), (0, -180)])
def test_every_place_on_earth_has_a_point(client, latitude, longitude):
    make.mission(latitude=latitude, longitude=longitude)

    assert client.get("/ko/missions/").status_code == 200


def test_many_missions_in_one_part_of_the_world_are_told_apart_in_no_time():
    chance = random.Random(1)
    missions = [
        Mission(slug=f"z{number}", city_ko="도시", latitude=chance.gauss(48, 6), longitude=chance.gauss(10, 10))
        for number in range(200)
    ]
    near, every = points._near, []
    found = points.placed(missions)
    for point in found:
        every += [(point, other) for other in found if other is not point and points._between(point, other) < 8]

    told = {frozenset(map(id, pair)) for pair in near(found, 8)}
    assert {frozenset(map(id, pair)) for pair in every} <= told
    assert len(told) < len(found) ** 2 / 20


def test_a_mission_whose_place_is_not_known_stands_in_the_list_and_not_on_the_map(client):
    make.mission(name_en="Z somewhere", latitude=None, longitude=None)

    page = client.get("/en/missions/").content.decode()
    unplaced = Mission.objects.filter(latitude=None).count()
    assert f"{unplaced} missions whose place is not known stand in the list alone." in page
    assert "Z somewhere, no body known" not in points_of(page)
    assert page.count("Z somewhere</a>") == 1
    assert "Z somewhere" in client.get("/en/missions.csv").getvalue().decode()
