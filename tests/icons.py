"""Draws the icons that some programs want as pictures from ``portal/static/icon.svg``: ``python -m tests.icons``."""

import os
import struct
from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).parent.parent / "portal" / "static"
SMALL = (16, 32, 48)
TOUCH = 180  # what telephones put on their first screen


def drawn(svg, sizes, *, square=False):
    """The drawing as a PNG picture of each size; ``square`` fills the corners, which telephones round themselves."""
    if square:
        svg = svg.replace(' rx="6"', "")
    with sync_playwright() as player:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for size in sizes:
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{size}px}}</style>{svg}")
            yield page.screenshot(omit_background=True)
        browser.close()


def ico(pictures):
    """PNG pictures, each with its size, as one file of the form that Windows calls ICO."""
    place = 6 + 16 * len(pictures)
    entries, bodies = [], []
    for size, picture in pictures:
        entries.append(struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(picture), place))
        bodies.append(picture)
        place += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + b"".join(entries) + b"".join(bodies)


if __name__ == "__main__":
    drawing = (STATIC / "icon.svg").read_text()
    (STATIC / "favicon.ico").write_bytes(ico(list(zip(SMALL, drawn(drawing, SMALL), strict=True))))
    (STATIC / "apple-touch-icon.png").write_bytes(next(drawn(drawing, [TOUCH], square=True)))
