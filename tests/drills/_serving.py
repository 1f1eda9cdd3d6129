"""Processes of the portal as production runs them: gunicorn on a socket that outlives it, nginx in front."""

import contextlib
import gzip
import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

from tests.machine import Missing, free_port

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "deploy" / "nginx.conf"
SITE, DESK = "portal.example.kr", "desk.example.kr"
APT = ["apt-get", "-qq", "install", "-y", "--no-install-recommends"]


def program(name, package):
    """Path of a program; root gets the Debian package that is missing. Raises ``Missing`` for anybody else."""
    path = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    if not shutil.which(name, path=path):
        if os.geteuid() or not shutil.which("apt-get"):
            raise Missing(f"no {name}; on Debian, as root: apt-get install {package}")
        print(f"Installing {package} …", flush=True)
        quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
        subprocess.run(["apt-get", "-qq", "update"], check=True, **quiet)
        # Nobody asked for a server that runs from now on: it is kept from starting.
        policy = Path("/usr/sbin/policy-rc.d")
        own = not policy.exists()
        if own:
            policy.write_text("#!/bin/sh\nexit 101\n")
            policy.chmod(0o755)
        try:
            subprocess.run([*APT, package], check=True, **quiet)
        finally:
            if own:
                policy.unlink()
    return shutil.which(name, path=path)


class Node:
    """One process of a face. Its socket stays while it is started anew, as systemd does it; nobody is refused."""

    def __init__(self, face, environment, python=sys.executable, workers=1):
        self.environment, self.python, self.workers = environment | {"FACE": face}, python, workers
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port, self.process = self.socket.getsockname()[1], None

    def start(self, sources):
        """Start it from a folder of sources."""
        number = self.socket.fileno()
        options = [f"--bind=fd://{number}", f"--workers={self.workers}", "--log-level=error"]
        command = [self.python, "-m", "gunicorn", "portal.wsgi", "--no-control-socket", "--limit-request-line=0"]
        self.process = subprocess.Popen(
            [*command, *options], cwd=sources, env=self.environment, pass_fds=[number], start_new_session=True
        )

    def stop(self):
        """Let it finish what it has begun."""
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=60)

    def replace(self, sources):
        """Stop it, and start it from other sources; returns once these answer."""
        self.stop()
        self.start(sources)
        self.ask("/robots.txt")

    def ask(self, address, **headers):
        """Ask this process itself, past the proxy."""
        host = DESK if self.environment["FACE"] == "staff" else SITE
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        return answered(connection, "GET", address, {"Host": host, "X-Forwarded-Proto": "https", **headers})


class Answer:
    """A whole answer, unpacked."""

    def __init__(self, response, body):
        self.status, self.headers = response.status, response.headers
        self.content = gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" and body else body
        self.type = self.headers.get_content_type()


def answered(connection, method, address, headers, body=None):
    """Send a request on a connection of its own. Raises where the answer is shorter than it said."""
    with contextlib.closing(connection):
        connection.request(method, address, body, headers | {"Connection": "close"})
        response = connection.getresponse()
        return Answer(response, response.read())


class Nginx:
    """nginx with the sample in ``deploy/``, at another port, in a folder of its own, and without limits of rates."""

    def __init__(self, home, nodes):
        self.program = program("nginx", "nginx-light")
        self.home, self.port = home, free_port()
        self.tls = ssl.create_default_context()
        self.tls.check_hostname, self.tls.verify_mode = False, ssl.CERT_NONE
        for folder in ("cache", "log", "tls"):
            (home / folder).mkdir()
        subject = ["-subj", f"/CN={SITE}", "-keyout", home / "tls/privkey.pem", "-out", home / "tls/fullchain.pem"]
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject],
            check=True,
            capture_output=True,
        )
        (home / "portal.conf").write_text(self.sample(nodes))
        temporary = "\n".join(
            f"  {name}_temp_path {home}/log/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "" if os.geteuid() else "user root;"
        (home / "nginx.conf").write_text(
            f"daemon off;\npid {home}/nginx.pid;\nerror_log {home}/log/error.log;\n{user}\n"
            f"events {{ worker_connections 1024; }}\nhttp {{\n  include /etc/nginx/mime.types;\n"
            f"  default_type application/octet-stream;\n{temporary}\n  include {home}/portal.conf;\n}}\n"
        )

    def sample(self, nodes):
        """The sample with what differs on this machine put in."""
        text = SAMPLE.read_text()
        for face in ("public", "staff"):
            servers = "".join(f"    server 127.0.0.1:{node.port};\n" for node in nodes[face])
            text = re.sub(rf"(upstream portal_{face} {{\n).*?(}})", rf"\g<1>{servers}\g<2>", text, flags=re.DOTALL)
        here = {
            "listen 80 default_server": f"listen 127.0.0.1:{free_port()}",
            "listen 443": f"listen 127.0.0.1:{self.port}",
            "/etc/ssl/portal": f"{self.home}/tls",
            "/var/lib/portal": str(self.home),
            "/var/cache/nginx/portal": f"{self.home}/cache",
            "/var/log/nginx": f"{self.home}/log",
            "rate=50r/s": "rate=9999r/s",
            "rate=2r/s": "rate=9999r/s",
        }
        for old, new in here.items():
            assert old in text, old
            text = text.replace(old, new)
        return text

    def __enter__(self):
        subprocess.run([self.program, "-q", "-t", "-c", self.home / "nginx.conf"], check=True)
        self.process = subprocess.Popen([self.program, "-c", self.home / "nginx.conf"])
        for _ in range(100):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            time.sleep(0.05)
        raise RuntimeError((self.home / "log/error.log").read_text())

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)

    def ask(self, host, address, method="GET", body=None, **headers):
        """What the proxy answers a reader."""
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=120, context=self.tls)
        said = {"Host": host, "Accept-Encoding": "gzip"} | {
            key.replace("_", "-"): value for key, value in headers.items()
        }
        return answered(connection, method, address, said, body)


@contextlib.contextmanager
def redis():
    """The address of a Redis of its own; an empty text where the machine has none."""
    if not (path := shutil.which("redis-server")):
        print("No redis-server: each process keeps its own pages.")
        yield ""
        return
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", "/tmp"]
    server = subprocess.Popen([path, *options], stdout=subprocess.DEVNULL)
    try:
        yield f"redis://127.0.0.1:{port}/0?socket_timeout=1"
    finally:
        server.terminate()
        server.wait(timeout=20)
