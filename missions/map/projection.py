"""Where a place lies on the world map: the Equal Earth projection, centred on 150° E.

The formula is that of B. Šavrič, T. Patterson and B. Jenny, “The Equal Earth map projection”, 2018,
https://doi.org/10.1080/13658816.2018.1504949. ``portal/static/world.svg`` is drawn with the same centre,
scale and origin, so a point computed here lies on its place there.
"""

from math import asin, cos, radians, sin, sqrt

CENTRE = 150  # degrees east: Korea and the Pacific in the middle, the cut in the Atlantic
WIDTH, HEIGHT = 1000, 480  # units of the map's viewBox
SCALE = 192.17  # units a radian of the globe
ORIGIN = 495.63, 262.96  # where the centre's meridian meets the equator

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796


def equal_earth(latitude, longitude):
    """Project degrees to the plane, for a globe of radius 1 whose middle is 0° E."""
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    slope = 9 * A4 * t**8 + 7 * A3 * t**6 + 3 * A2 * t**2 + A1
    x = 2 * sqrt(3) * radians(longitude) * cos(t) / (3 * slope)
    y = A4 * t**9 + A3 * t**7 + A2 * t**3 + A1 * t
    return x, y


def place(latitude, longitude):
    """Where degrees lie on the map, in the units of its viewBox; y grows downwards."""
    east = (float(longitude) - CENTRE + 180) % 360 - 180
    x, y = equal_earth(float(latitude), east)
    return ORIGIN[0] + SCALE * x, ORIGIN[1] - SCALE * y
