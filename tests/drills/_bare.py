"""A bare Debian 12 in a temporary folder, with mounts, processes and a network of its own that end with the drill."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.drills._serving import program
from tests.machine import Missing

NETWORK = "/run/portal-drill-network"
ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
}
QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


def alone(name):
    """Go on in namespaces of its own; returns the folder of the drill there.

    Mounts and processes end with the inner process. The outer one, to which nothing is mounted, removes the folder:
    what was lent from this machine cannot be removed with it.
    """
    if os.geteuid():
        raise SystemExit("This drill makes a root of its own, for which it must be run by root.")
    if not (home := os.environ.get("PORTAL_DRILL_HOME")):
        with tempfile.TemporaryDirectory(prefix="portal-drill-", ignore_cleanup_errors=True) as home:
            apart = ["unshare", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child", "--propagation=private"]
            command = [*apart, sys.executable, "-m", "tests.drills", name]
            sys.stdout.flush()
            ended = subprocess.run(command, env={**os.environ, "PORTAL_DRILL_HOME": home}).returncode
        raise SystemExit(ended)
    # A network in which nothing listens yet: the ports of this machine may be taken.
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/run"], check=True)
    Path(NETWORK).touch()
    subprocess.run(["unshare", f"--net={NETWORK}", "true"], check=True)
    subprocess.run(["nsenter", f"--net={NETWORK}", program("ip", "iproute2"), "link", "set", "lo", "up"], check=True)
    return Path(home)


def mirror():
    """Where this machine gets its Debian from, and the files that say so."""
    folder = Path("/etc/apt")
    files = [folder / "sources.list", *sorted((folder / "sources.list.d").glob("*"))]
    text = "\n".join(path.read_text() for path in files if path.is_file())
    found = re.search(r"^(?:deb (?:\[.*?\] )?|URIs: )(\S+/debian/?)(?=\s)", text, re.MULTILINE)
    if not found:
        raise Missing("no mirror of Debian in /etc/apt; this drill runs on Debian")
    return found[1], [path for path in files if path.is_file()]


class Root:
    """The folder, and how commands are run in it."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = {**ENVIRONMENT, **QUIET, **_pip()}

    def run(self, command, *, online=False, environment=None, **options):
        """Run a command as root of it; in its own network, or in the machine's where packages are fetched."""
        enter = [] if online else ["nsenter", f"--net={NETWORK}"]
        told = self.environment | (environment or {})
        return subprocess.run(
            [*enter, program("chroot", "coreutils"), self.folder, *command], env=told, text=True, **options
        )

    def lend(self, path):
        """Show a folder or a file of this machine in it, to be read."""
        source, target = Path(path), self.folder / str(path).lstrip("/")
        if source.is_dir():
            target.mkdir(parents=True, exist_ok=True)
            self.mount("--bind", source, target)
            self.mount("-o", "remount,ro,bind", target)
        elif source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)

    def mount(self, *words):
        """Mount something, in this drill alone."""
        subprocess.run(["mount", *words], check=True)

    def furnish(self):
        """Give it what a kernel shows: processes, a few devices, memory to write to."""
        self.mount("-t", "proc", "proc", self.folder / "proc")
        for name, mode in (("dev", "755"), ("dev/shm", "1777"), ("run", "755")):
            (self.folder / name).mkdir(exist_ok=True)
            self.mount("-t", "tmpfs", "-o", f"mode={mode}", "tmpfs", self.folder / name)
        for name in ("null", "zero", "full", "random", "urandom", "tty"):
            (self.folder / "dev" / name).touch()
            self.mount("--bind", f"/dev/{name}", self.folder / "dev" / name)
        (self.folder / "dev/fd").symlink_to("/proc/self/fd")


def debian(folder, *packages):
    """Make a ``Root`` in a folder: what debootstrap calls minimal, and these packages."""
    maker = program("debootstrap", "debootstrap")
    address, sources = mirror()
    began, log = time.monotonic(), folder.with_suffix(".log")
    with log.open("w") as said:
        included = f"--include={','.join(['ca-certificates', *packages])}"
        command = [maker, "--variant=minbase", included, "bookworm", folder, address]
        made = subprocess.run(command, stdout=said, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    if made.returncode:
        raise SystemExit("\n".join(log.read_text().splitlines()[-20:]))
    root = Root(folder)
    (folder / "etc/apt/sources.list").unlink(missing_ok=True)
    for path in [*sources, Path("/etc/resolv.conf"), Path("/etc/hosts")]:
        root.lend(path)
    (folder / "etc/apt/apt.conf.d/drill").write_text('Acquire::Retries "0";\n')
    # Packages do not start their servers: who installs them says when they begin.
    policy = folder / "usr/sbin/policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    root.furnish()
    for path in _folders_of_pip():
        root.lend(path)
    if certificates := root.environment.get("PIP_CERT"):  # the root makes a list of its own
        shutil.copy(certificates, folder / "root/certificates-of-the-machine.crt")
        root.environment["PIP_CERT"] = "/root/certificates-of-the-machine.crt"
    print(f"Debian 12 in {folder}: {time.monotonic() - began:.0f} s", flush=True)
    return root


def _pip():
    """What pip is told on this machine, as variables: mirrors and folders of packages differ between machines."""
    listed = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True).stdout
    found = re.findall(r"^(?:global|:env:)\.([\w-]+)='(.*)'$", listed, re.MULTILINE)
    return {f"PIP_{name.upper().replace('-', '_')}": value for name, value in found if name != "constraint"}


def _folders_of_pip():
    words = re.split(r"[\s']+", " ".join(_pip().values()))
    paths = {Path(word.removeprefix("file://")) for word in words if word.startswith(("/", "file:///"))}
    # An index links to files beside it.
    return sorted({Path(*path.parts[:3]) for path in paths if path.is_dir()})
