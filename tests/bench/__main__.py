"""``./run bench``: how the public pages compare with an empty view. ``--scale``: what a million cases change."""

import argparse
import os
import platform
from pathlib import Path

from tests.bench import ratios, scale
from tests.bench.serving import static_files
from tests.machine import postgresql


def machine(version):
    """The machine in one line."""
    memory = Path("/proc/meminfo").read_text().split()[1]
    busy = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, {int(memory) // 2**20} GB, {platform.system()}, Python {platform.python_version()}, "
        f"PostgreSQL {version}; load {busy:.1f} at the start"
    )


def main():
    """Find a PostgreSQL as the suite does, and measure."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--scale", action="store_true", help="compare 1,000 cases with a million")
    parser.add_argument("--cases", type=int, default=1_000_000, help="how many cases the larger database has")
    parser.add_argument("--difficulties", type=int, default=100_000, help="how many difficulties it has")
    parser.add_argument("--searched", type=int, default=300_000, help="among how many cases is searched")
    asked = parser.parse_args()
    with postgresql() as (url, version, _), static_files() as static:
        print(machine(version), flush=True)
        if asked.scale:
            scale.measure(url, static, asked)
        else:
            ratios.measure(url, static)


if __name__ == "__main__":
    main()
