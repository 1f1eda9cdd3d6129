#!/usr/bin/python3
"""Stands in for systemctl where no systemd runs: it starts what units of the portal say, and Debian's own services.

Of a unit it knows what decides whether a process runs: user, folders, environment, commands, the socket that is held
for it. What systemd forbids a process (``ProtectSystem=`` and the like) it leaves out. It needs nothing but Python.
"""

import contextlib
import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

UNITS, STATE = Path("/etc/systemd/system"), Path("/run/stand-in")


def read(path):
    """Sections of a unit as lists of pairs."""
    pairs = []
    for line in path.read_text().splitlines():
        if "=" in line and not line.startswith(("#", "[")):
            key, _, value = line.partition("=")
            pairs.append((key, value))
    return pairs


def environment(unit):
    """As systemd makes it: files of variables win over single ones."""
    found = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
    found |= dict(value.split("=", 1) for key, value in unit if key == "Environment")
    for name in (value for key, value in unit if key == "EnvironmentFile"):
        path = Path(name.removeprefix("-"))
        if path.exists() or not name.startswith("-"):
            lines = [line for line in path.read_text().splitlines() if line[:1].isalpha()]
            found |= dict(line.split("=", 1) for line in lines)
    return found


def begin(unit, command, held=None):
    """Start one command of a unit; returns the number of its process."""
    told, values = environment(unit), dict(unit)
    if name := values.get("RuntimeDirectory"):
        folder = Path("/run", name)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(int(values["RuntimeDirectoryMode"], 8))
        shutil.chown(folder, values["User"], values["Group"])
    child = os.fork()
    if child:
        return child
    try:
        if held is not None:
            os.dup2(held.fileno(), 3)
            os.set_inheritable(3, True)
            told |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
        user = pwd.getpwnam(values["User"])
        os.setgroups([])
        os.initgroups(user.pw_name, grp.getgrnam(values["Group"]).gr_gid)
        os.setgid(grp.getgrnam(values["Group"]).gr_gid)
        os.setuid(user.pw_uid)
        os.chdir(values["WorkingDirectory"])
        os.execve(command.split()[0], command.split(), told)
    finally:
        os._exit(127)


def watch(name):
    """Hold the socket of a service, and start it anew when told."""
    asked = []
    signal.signal(signal.SIGHUP, lambda *_: asked.append("restart"))
    signal.signal(signal.SIGTERM, lambda *_: asked.append("stop"))
    held, path = None, UNITS / f"{name}.socket"
    if path.exists():
        values = dict(read(path))
        host, _, port = values["ListenStream"].rpartition(":")
        held = socket.create_server((host, int(port)), backlog=int(values["Backlog"]))
    (STATE / name).write_text(str(os.getpid()))
    child = 0
    while True:
        if asked:
            if child:
                os.kill(child, signal.SIGTERM)
                os.waitpid(child, 0)
                child = 0
            if asked.pop(0) == "stop":
                return
            unit = read(UNITS / f"{name}.service")
            child = begin(unit, dict(unit)["ExecStart"], held)
            (STATE / f"{name}.child").write_text(str(child))
        time.sleep(0.1)


def tell(name, number):
    """Tell the process that watches a service; begin it where there is none. Return once a restart was done."""
    path, child = STATE / name, STATE / f"{name}.child"
    before = child.read_text() if child.exists() else ""
    if not path.exists():
        STATE.mkdir(exist_ok=True)
        log = (STATE / f"{name}.log").open("a")
        subprocess.Popen(
            [sys.executable, __file__, "--watch", name],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        for _ in range(100):
            with contextlib.suppress(OSError, ValueError):
                int(path.read_text())
                break
            time.sleep(0.1)
    os.kill(int(path.read_text()), number)
    for _ in range(600 if number == signal.SIGHUP else 0):
        if child.exists() and child.read_text() not in ("", before):
            return
        time.sleep(0.1)


def main(verb, names):
    """Do what is asked with each unit; other verbs have nothing to do here."""
    if verb == "enable" and "--now" in names:
        verb = "start"
    for name in (each for each in names if not each.startswith("--")):
        stem, _, kind = name.partition(".")
        if not (UNITS / f"{stem}.{kind or 'service'}").exists():
            if verb in ("start", "restart", "reload", "stop"):
                subprocess.run(["service", stem, verb], check=True)
        elif kind == "timer" or verb not in ("start", "restart", "stop"):
            continue
        elif kind == "socket":
            tell(stem, signal.SIGCONT)  # which does nothing but hold it
        elif ("Type", "oneshot") in (unit := read(UNITS / f"{stem}.service")):
            for command in (value for key, value in unit if key == "ExecStart"):
                if os.waitpid(begin(unit, command), 0)[1]:
                    sys.exit(f"{name} failed: {command}")
        else:
            tell(stem, signal.SIGTERM if verb == "stop" else signal.SIGHUP)
    return 0


if __name__ == "__main__":
    if sys.argv[1] == "--watch":
        watch(sys.argv[2])
    else:
        sys.exit(main(sys.argv[1], sys.argv[2:]))
