"""docs/operations.md followed to the letter on a bare Debian 12: installed, the next release brought in, and back.

Every block marked ``as-root`` is run as it stands, in the order of the document, by root of an empty Debian. No systemd
runs there: ``systemctl`` is a stand-in that starts what the units say (``_systemctl.py``), and ``systemd-analyze
verify`` looks at the units on the machine itself. Fetching packages uses the network of the machine, all else has one
of its own.
"""

import re
import shlex
import shutil
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path

from tests.drills._bare import alone, debian
from tests.drills._serving import DESK, ROOT, SITE
from tests.drills.two_releases import MARK, changed, copied

BLOCK = re.compile(r"^```sh as-root\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
PAGES = [
    "/ko/",
    "/en/",
    "/ko/missions/",
    "/en/bodies/",
    "/ko/search/?q=%ED%86%B5%EA%B4%80",
    "/ko/cases.csv",
    "/sitemap.xml",
]
OFFLINE = {
    "DEBUG": "0",
    "FACE": "staff",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "x",
    "DATABASE_URL": "sqlite://:memory:",
}


def blocks():
    """Heading and commands of each marked block."""
    text = (ROOT / "docs" / "operations.md").read_text()
    headings = [(found.start(), found[1]) for found in HEADING.finditer(text)]
    for found in BLOCK.finditer(text):
        yield [title for start, title in headings if start < found.start()][-1], found[1]


def archives(root):
    """Lay the archives of two releases where the document has them."""
    with tempfile.TemporaryDirectory(prefix="portal-archives-") as name:
        before, following = copied(Path(name) / "before"), copied(Path(name) / "next")
        changed(following, {"PATH": "/usr/bin:/bin", **OFFLINE})
        shutil.rmtree(following / "var", ignore_errors=True)
        for number, folder in (("1.0.0", before), ("1.0.1", following)):
            with tarfile.open(root.folder / f"root/portal-{number}.tar.gz", "w:gz") as archive:
                archive.add(folder, arcname=".")


def run(root, commands):
    """Run a block as a shell does whose variables go on from block to block.

    Packages of Debian are fetched before, and installed where no port is taken: PostgreSQL would choose another one.
    """
    if "apt-get " in commands:
        fetch = commands.replace("apt-get install", "apt-get -qq install --download-only")
        root.run(
            ["sh", "-c", "".join(re.findall("^apt-get .*\n", fetch, re.MULTILINE))],
            online=True,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    names = sorted(set(re.findall(r"^(\w+)=", commands, re.MULTILINE)))
    kept = "".join(f"declare -p {name} >>/run/kept 2>/dev/null || :\n" for name in names)
    script = f"set -eu\n[ ! -e /run/kept ] || . /run/kept\n{commands}{kept}"
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL}
    return root.run(["bash", "-c", script], online="pip install" in commands, **pipes)


def fetched(root, host, address, *options):
    """Status and text of a page, as somebody gets it who reaches nginx."""
    asked = f"https://{host}{address}"
    command = [
        "curl",
        "-sk",
        "--max-time",
        "60",
        "--connect-to",
        "::127.0.0.1:",
        "-w",
        "\n%{http_code} %{content_type}",
    ]
    said = root.run([*command, *options, asked], stdout=subprocess.PIPE).stdout
    text, _, last = said.rpartition("\n")
    return *last.split(" ", 1), text


def read(root, expected):
    """Read pages and their static files; returns how many, or ends the drill."""
    count = 0
    for address in PAGES:
        status, kind, text = fetched(root, SITE, address)
        names = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', text)) if "html" in kind else set()
        if status != "200" or ("html" in kind and (not names or (MARK in text) != expected)):
            raise SystemExit(f"{address}: {status} {kind}, {len(names)} static files, next release: {MARK in text}")
        for name in names:
            status, kind, text = fetched(root, SITE, name, "--output", "/dev/null")
            if status != "200":
                raise SystemExit(f"{name}: {status}")
        count += 1 + len(names)
    status, _kind, text = fetched(root, DESK, "/admin/login/")
    if status != "200" or "csrfmiddlewaretoken" not in text:
        raise SystemExit(f"the sign-in page of the desk: {status}")
    outside = [fetched(root, SITE, address)[0] for address in ("/admin/", "/readyz", "/metrics")]
    if outside != ["404"] * 3:
        raise SystemExit(f"readers reach what is not for them: {outside}")
    return count + 4


def main():
    """Print each block with the time that it took, and what was read after it."""
    root = debian(alone("bare_debian") / "root")
    stand_in = root.folder / "usr/local/bin/systemctl"
    shutil.copy(ROOT / "tests/drills/_systemctl.py", stand_in)
    stand_in.chmod(0o755)
    archives(root)
    for number, (title, commands) in enumerate(blocks(), start=1):
        began = time.monotonic()
        ran = run(root, commands)
        first = commands.strip().split("\n")[0]
        print(f"{number:>3} {title}: {first[:70]} … {time.monotonic() - began:.0f} s", flush=True)
        if "portal-manage" in commands and "install " not in commands:
            print("\n".join(f"      {line}" for line in ran.stdout.strip().split("\n")), flush=True)
        if ran.returncode:
            print(ran.stdout)
            for log in sorted((root.folder / "run/stand-in").glob("*.log")):
                print(log.name, *log.read_text().splitlines()[-20:], sep="\n  ")
            return 1
        if "--connect-to" in commands or "systemctl restart portal-public" in commands:
            following = (root.folder / "opt/portal/current").readlink().name == "1.0.1"
            print(f"      {read(root, following)} answers read, all as they should be", flush=True)
    for command in (
        "systemctl start portal-daily.service",
        "portal-manage check --deploy",
        "portal-manage migrate --check",
    ):
        ran = root.run(shlex.split(command), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        print(f"    {command}: {'well' if not ran.returncode else ran.stdout}", flush=True)
        if ran.returncode:
            return 1
    return 0
