"""What a million published cases change, and what the search is worth: both sides in one run."""

import statistics
import subprocess
import time
from urllib.parse import quote

from tests.bench.serving import database, gunicorn, run

FEW, FEW_DIFFICULTIES = 1_000, 1_000
CASES = "/ko/cases/"
WORDS = ["덤핑", "통관", "상표", "보완", "수출", "상표 수출", "수", "bench"]  # from rare to nearly everywhere
PUBLIC = {
    "empty view": "/bench/8000/",
    "home": "/ko/",
    "cases": CASES,
    "by country": f"{CASES}?country=VN",
    "by type": f"{CASES}?type=customs",
    "by sector": f"{CASES}?sector=C",
    "by outcome": f"{CASES}?outcome=advice",
    "by body": f"{CASES}?body=SFO",
    "by year": f"{CASES}?year=2025",
    "by month of outcome": f"{CASES}?closed=2024-07",
    "by month not known": f"{CASES}?closed=none",
    "by month and country": f"{CASES}?closed=2024-07&country=VN",
    "by three of them": f"{CASES}?country=VN&outcome=advice&year=2025",
    "page 50": f"{CASES}?page=50",
    "last page": f"{CASES}?page=last",
    "far behind": f"{CASES}?after=2025-05-01T00%3A00%3A00%2B00%3A00_1",
    "last page, by type": f"{CASES}?type=customs&page=last",
    "a case": "/ko/cases/bench-500/",
    "a body": "/ko/bodies/SFO/",
    **{f"search, {word}": f"/ko/search/?q={quote(word)}" for word in WORDS},
    "search, one kind": f"/ko/search/?q={quote('통관')}&kind=publishedcase",
    "search, in a country": f"/ko/search/?q={quote('통관')}&country=VN",
    **{f"list, {word}": f"{CASES}?q={quote(word)}" for word in WORDS},
    "list, words, type, year": f"{CASES}?q={quote('수출')}&type=customs&year=2025",
}
STAFF = {"admin, difficulties": "/admin/missions/difficulty/"}
ROUNDS = 12
GROWTH, STAFF_GROWTH, STAFF_QUERIES = 1.5, 3, 12


def measure(server, static, asked):
    """Print growth and the worth of the search."""
    with database(server, static) as small, database(server, static) as large:
        sessions = [seed(small, FEW, FEW_DIFFICULTIES), seed(large, asked.cases, asked.difficulties)]
        uncached = {"CACHE_URL": "dummycache://"}
        with gunicorn(small, **uncached) as few, gunicorn(large, **uncached) as many:
            few.cookie, many.cookie = (f"sessionid={session}" for session in sessions)
            print(f"\n{'p50':<22}{FEW:>12,}{asked.cases:>12,}{'growth':>8}")
            for name, address in PUBLIC.items():
                growth(few, many, name, address, GROWTH)
            print(f"\n{'p50':<22}{FEW_DIFFICULTIES:>12,}{asked.difficulties:>12,}{'growth':>8}")
            for name, address in STAFF.items():
                growth(few, many, name, address, STAFF_GROWTH)
    with database(server, static) as environment:
        seed(environment, asked.searched, 0)
        run(environment, "-m", "tests.bench.searching")


def seed(environment, cases, difficulties):
    """Fill a database; returns a session of staff."""
    began = time.monotonic()
    command = ["-m", "tests.bench.seed", str(cases), str(difficulties)]
    session = run(environment, *command, stdout=subprocess.PIPE).stdout.strip()
    print(f"{cases:,} cases, {difficulties:,} difficulties: {time.monotonic() - began:,.0f} s", flush=True)
    return session


def growth(few, many, name, address, promised):
    """One line: the time of an address on both databases, asked in turns."""
    before, after = [], []
    for reader in (few, many):
        for _ in range(4):
            status, headers, _ = reader.get(address, X_Count="1")
    assert status == 200, (address, status)
    for _ in range(ROUNDS):
        before.append(few.took(address))
        after.append(many.took(address))
    small, large = statistics.median(before), statistics.median(after)
    verdict = "" if large <= promised * small else f"  more than {promised} ×"
    queries = f"{headers['x-queries']:>4} queries" if "x-queries" in headers else ""
    print(f"{name:<22}{small:>9.1f} ms{large:>9.1f} ms{large / small:>7.2f}×{queries}{verdict}", flush=True)
