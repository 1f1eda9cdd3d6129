"""Readers and staff at once against one node and two behind nginx: answers a second, p50, p99, errors, queries.

``./run drill load`` makes 100,000 cases and 100,000 difficulties, and lets 1,000 readers and 50 members of staff work
for a minute in each round; ``--cases``, ``--difficulties``, ``--readers``, ``--staff``, ``--seconds`` make it smaller.
A node is a public and a staff face under gunicorn; with two, the second is what a second machine would run. All of it
shares this machine with PostgreSQL, Redis, nginx and the readers.
"""

import argparse
import contextlib
import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from missions.fields.capped import MOST
from missions.lists.view import PER_PAGE
from tests.bench.serving import HOST, database, gunicorn, run, static_files
from tests.drills._load_desk import Desk
from tests.machine import Missing, free_port
from tests.replication import servers

CASES = "/ko/cases/"
PAGES = [  # what readers ask for; {n} is another number each time
    *("/ko/", "/en/", CASES, "/ko/missions/", "/ko/bodies/", "/ko/meetings/", "/ko/statistics/", "/ko/help/"),
    *("/ko/cases/bench-{n}/", "/ko/cases/bench-{n}/", "/en/cases/bench-{n}/", f"{CASES}?page={{page}}"),
    *(f"{CASES}?country=VN&page={{page}}", "/ko/search/?q=bench{n}", f"{CASES}?q=%ED%86%B5%EA%B4%80&page={{page}}"),
]
DESK = ["/admin/", "/admin/missions/difficulty/", "/admin/missions/difficulty/?ask=late"]
HASTY = 64  # readers at once
THINKING = 5_000  # milliseconds between two questions of a reader
NGINX = """
daemon off; pid {home}/nginx.pid; error_log {home}/error.log; {user}
worker_processes 1; worker_rlimit_nofile 8192;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  {temporary}
  upstream public {{ {public} }}
  upstream staff {{ {staff} }}
  server {{ listen 127.0.0.1:{readers} backlog=2048; location / {{ proxy_pass http://public; {headers} }} }}
  server {{ listen 127.0.0.1:{desk} backlog=2048; location / {{ proxy_pass http://staff; {headers} }} }}
}}
"""
LUA = """
local pages = {{ {pages} }}
local counter = 0
function setup(thread) counter = counter + 1; thread:set("number", counter) end
function init(args) math.randomseed(os.time() + 7919 * number) end
function delay() return math.random(0, {thinking} * 2) end
function request()
  local page = pages[math.random(#pages)]
  page = page:gsub("{{n}}", math.random({cases})):gsub("{{page}}", math.random({last}))
  return wrk.format("GET", page, {{ ["Host"] = "{host}", ["Accept-Encoding"] = "gzip" }})
end
"""


def main(*arguments):
    """Fill a database, and measure with one node and with two."""
    asked = parsed(arguments)
    wrk, nginx = (program(name, package) for name, package in [("wrk", "wrk"), ("nginx", "nginx-light")])
    with servers() as (primary, _), static_files() as static, tempfile.TemporaryDirectory() as home, redis() as cache:
        primary.initdb()
        primary.start(fsync="on", shared_buffers="256MB", max_connections=100, autovacuum="on")
        with database(primary.url(), static) as environment:
            began = time.monotonic()
            counts = map(str, (asked.cases, asked.difficulties, asked.staff))
            told = run(environment, "-m", "tests.drills._load_seed", *counts, stdout=subprocess.PIPE).stdout
            sessions = told.split()
            print(f"{asked.cases:,} cases, {asked.difficulties:,} difficulties: {time.monotonic() - began:,.0f} s")
            environment |= {"CACHE_URL": cache, "REQUIRE_MFA": "0", "BEHIND_PROXY": "1"}
            queries(environment, sessions[0])
            print(f"\n{'':<28}{'answers':>9}{'p50':>9}{'p99':>9}{'errors':>8}{'cores: nodes':>13}{'PostgreSQL':>13}")
            for count in (1, 2):
                with nodes(environment, count) as faces, proxy(nginx, Path(home), faces) as ports:
                    Round(asked, wrk, Path(home), primary, faces).measure(ports, sessions)
    return 0


def parsed(arguments):
    """How much of everything."""
    parser = argparse.ArgumentParser(prog="./run drill load", description=__doc__)
    for name, value in [("cases", 100_000), ("difficulties", 100_000), ("readers", 1_000), ("staff", 50)]:
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--seconds", type=int, default=60, help="of a round (60)")
    return parser.parse_args(arguments)


def program(name, package):
    """Path of a program. Raises ``Missing`` where there is none."""
    if path := shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin"):
        return path
    raise Missing(f"no {name}; on Debian, as root: apt-get install {package}")


@contextlib.contextmanager
def redis():
    """The address of a Redis of its own."""
    port = free_port()
    command = [program("redis-server", "redis-server"), "--port", str(port), "--save", "", "--appendonly", "no"]
    server = subprocess.Popen([*command, "--maxmemory", "256mb"], stdout=subprocess.DEVNULL, cwd="/tmp")
    try:
        yield f"redis://127.0.0.1:{port}/0?socket_timeout=1"
    finally:
        server.terminate()
        server.wait(timeout=20)


@contextlib.contextmanager
def nodes(environment, count):
    """Some nodes; yields the readers of both faces."""
    with contextlib.ExitStack() as stack:
        faces = {"public": [], "staff": []}
        for _ in range(count):
            for face, found in faces.items():
                found.append(stack.enter_context(gunicorn(environment, FACE=face)))
        yield faces


@contextlib.contextmanager
def proxy(nginx, home, faces):
    """A proxy before them, in turns; yields the ports for readers and for the desk."""
    readers, desk = free_port(), free_port()
    upstream = {
        face: " ".join(f"server 127.0.0.1:{node.port} max_fails=0;" for node in found) for face, found in faces.items()
    }
    parts = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{name}_temp_path {home}/{name};" for name in parts)
    headers = "proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto https;"
    told = {"home": home, "user": "" if os.geteuid() else "user root;", "temporary": temporary, "headers": headers}
    (home / "nginx.conf").write_text(NGINX.format(readers=readers, desk=desk, **upstream, **told))
    server = subprocess.Popen([nginx, "-c", home / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        yield readers, desk
    finally:
        server.terminate()
        server.wait(timeout=30)


def queries(environment, session):
    """Print how many questions to the database each page costs afresh."""
    print(f"\n{'computed afresh':<60}{'queries':>8}")
    with gunicorn(environment, CACHE_URL="dummycache://") as node:
        for page in [*dict.fromkeys(PAGES), *DESK]:
            node.cookie = f"sessionid={session}" if page.startswith("/admin") else ""
            address = page.format(n=7, page=2)
            node.get(address)
            status, headers, _ = node.get(address, X_Count="1")
            print(f"{address:<60}{headers.get('x-queries', '?'):>8}{'' if status == 200 else f'  status {status}'}")


class Round:
    """What is measured of some nodes."""

    def __init__(self, asked, wrk, home, primary, faces):
        self.asked, self.wrk, self.home, self.primary = asked, wrk, home, primary
        self.nodes = [node for found in faces.values() for node in found]
        self.title = {1: "one node", 2: "two nodes"}[len(faces["public"])]

    def measure(self, ports, sessions):
        """Readers who pause between two pages while staff work; then readers who do not pause, by themselves."""
        asked, (readers, at_desk) = self.asked, ports
        before = self.spent()
        with Desk(at_desk, sessions[: asked.staff]) as desk:
            found = self.read(readers, THINKING, asked.readers)
        line(f"{self.title}, {asked.readers:,} readers", *found, self.shares(before))
        line(f"{self.title}, {asked.staff} staff", *desk.told(asked.seconds))
        before = self.spent()
        found = self.read(readers, 0, HASTY)
        line(f"{self.title}, {HASTY} without pause", *found, self.shares(before))
        print(f"{'':<28}{desk.notes} notes were written; {desk.told_first} more were told that others were quicker.")
        for what, count in desk.errors.most_common():
            print(f"{'':<28}{count} × {what}")

    def spent(self):
        """Seconds of processor time of all nodes, and of PostgreSQL."""
        return sum(node.processor() for node in self.nodes), self.primary.processor()

    def shares(self, before):
        """How many cores they kept busy since."""
        return [(now - then) / self.asked.seconds for now, then in zip(self.spent(), before, strict=True)]

    def read(self, port, thinking, readers):
        """Let wrk read; returns answers a second, p50 and p99 in milliseconds, and errors."""
        last = min(max(1, self.asked.cases // 1_000), MOST // PER_PAGE)  # page of the shortest of the lists
        pages, script = ", ".join(f'"{page}"' for page in PAGES), self.home / "read.lua"
        script.write_text(LUA.format(pages=pages, thinking=thinking, cases=self.asked.cases, last=last, host=HOST))
        told = [f"-c{readers}", f"-d{self.asked.seconds}s", "-t2", "--timeout=30s", "--latency", "-s", script]
        command = [self.wrk, *told, f"http://127.0.0.1:{port}"]
        return understood(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def understood(said):
    """The same from what wrk prints."""
    size = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}
    parts = [re.search(rf"{share}%\s+([\d.]+)(us|ms|s|m)", said) for share in (50, 99)]
    middle, late = (float(found[1]) * size[found[2]] for found in parts)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    errors = int(refused[1] if refused else 0) + sum(map(int, broken.groups() if broken else ()))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), middle, late, errors


def line(title, rate, middle, late, errors, shares=()):
    """One line of the table."""
    cores = "".join(f"{share:>13.2f}" for share in shares)
    print(f"{title:<28}{rate:>7,.0f}/s{middle:>6,.0f} ms{late:>6,.0f} ms{errors:>8,}{cores}", flush=True)
