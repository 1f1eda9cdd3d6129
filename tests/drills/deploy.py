"""The Dockerfile without Docker: each instruction in a bare Debian 12, then its processes, as nobody, reading only.

Where there is a tool of compose (the plugin of Docker, or ``docker-compose``), it reads ``deploy/compose.yaml``; where
there is systemd, it verifies the units. What is not tried says so.
"""

import json
import re
import shutil
import subprocess
import tempfile
import time
from fnmatch import fnmatch
from pathlib import Path

import yaml

from tests.drills._bare import NETWORK, alone, debian
from tests.drills._dockerfile import instructions
from tests.drills._serving import DESK, ROOT, SITE, program
from tests.drills.two_releases import copied

DEPLOY = ROOT / "deploy"
OLD = ("docker-compose",)  # of Debian 12, release 1.29, which knows everything in the file but the name of the project
COMPOSE = [("docker", "compose"), OLD]
ASKED = """
import sys, urllib.request
said = {"Host": sys.argv[2], "X-Forwarded-Proto": "https"}
request = urllib.request.Request("http://127.0.0.1:8000" + sys.argv[1], headers=said)
print(urllib.request.urlopen(request, timeout=60).read().decode())
"""


class Image:
    """A bare Debian that becomes what a stage of the Dockerfile says."""

    def __init__(self, root, stages):
        self.root, self.stages = root, stages
        self.place, self.user, self.commands, self.variables = "/", "root", {}, {}

    def follow(self, word, rest):
        """Do one instruction; ends the drill where it fails."""
        began = time.monotonic()
        getattr(self, f"_{word.lower()}")(rest)
        print(f"    {word} {rest[:90]} … {time.monotonic() - began:.0f} s", flush=True)

    def run(self, command, **options):
        """Run a command as this image would: its user, its folder, its variables."""
        person = [] if self.user == "root" else [f"--reuid={self.user}", f"--regid={self.user}", "--init-groups"]
        inside = ["sh", "-c", 'cd "$0" && exec "$@"', self.place, "setpriv", *person, "--no-new-privs", "--", *command]
        environment = {**self.variables, **options.pop("environment", {})}
        return self.root.run(inside, environment=environment, **options)

    def _from(self, rest):
        pass

    def _workdir(self, rest):
        self.place = rest
        (self.root.folder / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)

    def _env(self, rest):
        self.variables |= dict(pair.split("=", 1) for pair in rest.split())

    def _user(self, rest):
        self.user = rest

    def _expose(self, rest):
        pass

    def _healthcheck(self, rest):
        self.commands["HEALTHCHECK"] = json.loads(rest[rest.index("[") :])

    def _cmd(self, rest):
        self.commands["CMD"] = json.loads(rest)

    def _run(self, rest):
        ran = self.run(
            ["sh", "-c", rest], online="pip install" in rest, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        if ran.returncode:
            raise SystemExit(ran.stdout)

    def _copy(self, rest):
        *options, source, target = rest.split()
        folder = self.root.folder / target.strip("/")
        if options:
            of = self.stages[options[0].partition("=")[2]].root.folder
            subprocess.run(["cp", "-a", of / source.strip("/"), folder], check=True)
            return
        ignored = (ROOT / ".dockerignore").read_text().split()
        with tempfile.TemporaryDirectory(prefix="portal-context-") as name:
            context = copied(Path(name) / "context")
            for path in sorted(context.rglob("*"), reverse=True):
                inside = str(path.relative_to(context))
                if any(fnmatch(inside, pattern.removeprefix("**/")) for pattern in ignored):
                    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
            found = context / source
            subprocess.run(["cp", "-r", f"{found}/." if found.is_dir() else found, folder], check=True)


def built(home):
    """The last stage, every instruction followed."""
    stages = {}
    for stage in instructions((DEPLOY / "Dockerfile").read_text()):
        base, _, name = stage[0][1].partition(" AS ")
        print(f"  {base}: stands for it, with python3 of Debian 12", flush=True)
        image = Image(debian(home / f"stage-{len(stages)}", "python3", "python3-venv"), stages)
        stages[name or "last"] = image
        for word, rest in stage:
            image.follow(word, rest)
    return stages["last"]


def read_only(image):
    """Take from the image what ``read_only: true`` takes; its volumes and ``/tmp`` stay."""
    folder = image.root.folder
    image.root.mount("--rbind", folder, folder)
    for name in ("static", "files/private", "files/public"):
        volume = folder / "var/lib/portal" / name
        image.root.mount("--bind", volume, volume)
    image.root.mount("-t", "tmpfs", "-o", "mode=1777", "tmpfs", folder / "tmp")
    image.root.mount("-o", "remount,ro,bind", folder)
    written = image.run(
        ["sh", "-c", "id -u; touch /portal/x /etc/x /x"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    refused = len(re.findall("Read-only file system", written.stdout))
    print(f"  user {written.stdout.split()[0]}, {refused} of 3 files refused: read-only", flush=True)
    return written.stdout.split()[0] != "0" and refused == 3


def served(image, face):
    """Whether a process of a face, started by CMD, answers, and says itself that it is well."""
    host, address = (SITE, "/ko/") if face == "public" else (DESK, "/admin/login/")
    environment = settings() | {"FACE": face, "ALLOWED_HOSTS": host}
    command = [
        "nsenter",
        f"--net={NETWORK}",
        program("chroot", "coreutils"),
        f"--userspec={image.user}",
        image.root.folder,
    ]
    start = f'cd {image.place} && exec "$@"'
    process = subprocess.Popen(
        [*command, "sh", "-c", start, "sh", *image.commands["CMD"]],
        env=image.root.environment | image.variables | environment,
    )
    try:
        for _ in range(60):
            asked = image.run(["python3", "-c", ASKED, address, host], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            if not asked.returncode:
                break
            time.sleep(1)
        check = image.run(image.commands["HEALTHCHECK"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        told = "well" if not check.returncode else check.stdout.strip().split("\n")[-1]
        print(f"  {face}: {address} {len(asked.stdout):,} letters; health check: {told}", flush=True)
        return "</html>" in asked.stdout and not check.returncode
    finally:
        process.terminate()
        process.wait(timeout=60)


def settings():
    """What ``.env.example`` says, with what is to be put in, on SQLite in a volume."""
    lines = (DEPLOY / ".env.example").read_text().splitlines()
    found = dict(line.split("=", 1) for line in lines if line[:1].isalpha())
    database = "sqlite:////var/lib/portal/files/private/portal.sqlite3"
    return found | {"SECRET_KEY": "x7-" * 20, "DATABASE_URL": database, "CACHE_URL": "locmemcache://"}


def compose():
    """Have a tool of compose read the compose file, where there is one. None of them needs a daemon for it."""
    found = [tool for tool in COMPOSE if shutil.which(tool[0]) and not quiet([*tool, "version"])]
    if not found:
        print("  compose.yaml: NOT read by compose, which is not here; on Debian: apt-get install docker-compose")
        return True
    with tempfile.TemporaryDirectory() as name:
        folder = shutil.copytree(DEPLOY, Path(name) / "deploy")
        example = (DEPLOY / ".env.example").read_text()
        (folder / ".env").write_text(
            re.sub("^(POSTGRES|PUBLIC_ROLE)_PASSWORD=$", r"\1_PASSWORD=x", example, flags=re.M)
        )
        if found[0] == OLD:
            text = (folder / "compose.yaml").read_text()
            (folder / "compose.yaml").write_text(re.sub("^name: .*\n", "", text, flags=re.M))
        told = subprocess.run([*found[0], "config", "--quiet"], cwd=folder)
    print(f"  compose.yaml: {'read' if not told.returncode else 'REFUSED'} by {' '.join(found[0])}")
    return not told.returncode


def quiet(command):
    """How a command ends, without what it says."""
    return subprocess.run(command, capture_output=True).returncode


def units():
    """Have systemd verify the units."""
    verify = [program("systemd-analyze", "systemd"), "verify"]
    with tempfile.TemporaryDirectory() as name:
        for path in (DEPLOY / "systemd").iterdir():
            there = path.read_text().replace("/opt/portal/current/venv/bin/python", shutil.which("python3"))
            (Path(name) / path.name).write_text(there)
        told = subprocess.run([*verify, *Path(name).iterdir()], capture_output=True, text=True)
    wrong = [line for line in told.stderr.splitlines() if "portal" in line]
    print(f"  {len(list((DEPLOY / 'systemd').iterdir()))} units: {'; '.join(wrong) or 'verified by systemd-analyze'}")
    return not wrong


def main():
    """Print every instruction and what its processes answer."""
    home = alone("deploy")
    fine = [compose(), units()]
    image = built(home)
    fine.append(read_only(image))
    command = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["release"]["command"]
    told = {"environment": settings() | {"FACE": "staff"}, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    ran = image.run(command, **told)
    print("\n".join(f"    release: {line}" for line in ran.stdout.strip().split("\n")), flush=True)
    fine.append(not ran.returncode)
    fine += [served(image, face) for face in ("public", "staff")]
    return not all(fine)
