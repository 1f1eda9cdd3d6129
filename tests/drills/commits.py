"""How many commits of public words a second go through, while each waits 10 ms for the disk."""

import re
import tempfile

from tests.bench.serving import database
from tests.replication import servers

FLUSH = 10_000  # microseconds
SECONDS = 5
WRITERS = (1, 4, 16)
OWN_ROW = "WHERE id = (SELECT id FROM missions_source ORDER BY id OFFSET :client_id LIMIT 1);"
SCRIPTS = {
    "public words": f"UPDATE missions_source SET quote = 'x' || random() {OWN_ROW}",
    "private words": f"UPDATE missions_source SET updated_at = clock_timestamp() {OWN_ROW}",
}
ONE_ROW = """
    DO $$ BEGIN EXECUTE replace(
        pg_get_functiondef('missions_pageversion_move'::regproc), '1 + pg_backend_pid() % 16', '1'); END $$
"""


def main():
    """Print commits a second: with the version as it is, without it, and with all of it in one row."""
    with servers() as (primary, _), tempfile.TemporaryDirectory() as static:
        primary.initdb()
        primary.start(fsync="on", commit_delay=FLUSH, commit_siblings=0)
        with database(primary.url(), static) as environment:
            url = environment["DATABASE_URL"]
            print(f"\n{'writers':>24}" + "".join(f"{count:>10}" for count in WRITERS))
            for name, script in SCRIPTS.items():
                measure(primary, url, name, script)
            primary.execute(ONE_ROW, database=url.rpartition("/")[2])
            measure(primary, url, "public words, one row", SCRIPTS["public words"])
    return 0


def measure(server, url, name, script):
    """One line: commits a second for some numbers of writers, each of whom changes a row of its own."""
    file = server.home / "script.sql"
    file.write_text(script)
    found = []
    for count in WRITERS:
        told = server.run("pgbench", "-n", "-c", str(count), "-j", "2", "-T", str(SECONDS), "-f", file, url).decode()
        found.append(float(re.search(r"tps = ([\d.]+)", told)[1]))
    print(f"{name:>24}" + "".join(f"{rate:>8,.0f}/s" for rate in found), flush=True)
