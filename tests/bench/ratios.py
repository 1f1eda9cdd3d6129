"""Pages beside an empty view of the same size, in turns, so that both meet the same machine."""

import statistics
import subprocess

from tests.bench.serving import database, gunicorn, run

PAGES = {
    "home": "/ko/",
    "missions": "/ko/missions/",
    "bodies": "/ko/bodies/",
    "meetings": "/ko/meetings/",
    "cases": "/ko/cases/",
    "cases, filtered": "/ko/cases/?country=VN&type=customs",
    "information": "/ko/information/",
    "organisations": "/ko/organisations/",
    "programme": "/ko/programme/",
    "statistics": "/ko/statistics/",
    "sources": "/ko/sources/",
    "a mission": "/ko/missions/hanoi/",
    "a body": "/ko/bodies/SFO/",
    "a case": "/ko/cases/poen-germany/",
    "an organisation": "/ko/organisations/kosme/",
}
ROUNDS = 5
QUERIES, SHARE, TIMES = 8, 0.7, 40


def measure(server, static):
    """Print what each page costs and whether that keeps the promises."""
    with database(server, static) as environment:
        run(environment, "-m", "tests.bench.seed", "1000", "100", stdout=subprocess.DEVNULL)
        with gunicorn(environment) as kept, gunicorn(environment, CACHE_URL="dummycache://") as afresh:
            print(f"\n{'from the cache':<18}{'bytes':>8}{'page':>10}{'304':>10}{'empty':>10}{'share':>8}{'by CPU':>8}")
            broken = [name for name, address in PAGES.items() if not from_cache(kept, name, address)]
            print(f"\n{'computed afresh':<18}{'queries':>8}{'p50':>10}{'empty':>10}{'times':>8}")
            broken += [name for name, address in PAGES.items() if not computed(afresh, name, address)]
    print(f"\nPromised: share ≥ {SHARE}, times ≤ {TIMES}, queries ≤ {QUERIES}, and one more for the page version.")
    print(f"Broken: {', '.join(broken)}" if broken else "All kept.")


def from_cache(reader, name, address):
    """Throughput of a page that is unchanged, and of a 304, against the empty view of its size."""
    for _ in range(20):  # each worker has a cache of its own
        status, headers, size = reader.get(address)
    assert status == 200, address
    empty, held = f"/bench/{size}/", {"If_None_Match": headers["etag"]}
    assert reader.get(address, **held)[0] in (200, 304)
    pages, unchanged, nothing = [], [], []
    for _ in range(ROUNDS):
        nothing.append(reader.throughput(empty))
        pages.append(reader.throughput(address))
        unchanged.append(reader.throughput(address, **held))
    share = statistics.median(page[0] / none[0] for page, none in zip(pages, nothing, strict=True))
    cheap = statistics.median(none[1] / page[1] for page, none in zip(pages, nothing, strict=True))
    speeds = [statistics.median(speed for speed, _ in rounds) for rounds in (pages, unchanged, nothing)]
    print(f"{name:<18}{size:>8,}" + "".join(f"{speed:>8,.0f}/s" for speed in speeds) + f"{share:>8.2f}{cheap:>8.2f}")
    return share >= SHARE


def computed(reader, name, address):
    """Time of a page that is made each time, against the empty view of its size."""
    _, headers, size = reader.get(address, X_Count="1")
    queries = int(headers["x-queries"]) - 1
    pages, nothing = [], []
    for _ in range(60):
        pages.append(reader.took(address))
        nothing.append(reader.took(f"/bench/{size}/"))
    page, none = statistics.median(pages), statistics.median(nothing)
    print(f"{name:<18}{queries:>8}{page:>7.1f} ms{none:>7.1f} ms{page / none:>7.1f}×")
    return page / none <= TIMES and queries <= QUERIES
