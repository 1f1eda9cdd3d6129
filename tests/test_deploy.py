"""The samples in ``deploy/`` name only what there is. ``./run drill deploy`` runs them."""

import re
import shutil
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from django.core.management import get_commands

from tests.drills import _serving
from tests.drills._dockerfile import instructions

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SETTINGS = "".join(path.read_text() for path in (ROOT / "portal").rglob("*.py"))
EXAMPLE = set(re.findall(r"^(\w+)=", (DEPLOY / ".env.example").read_text(), re.MULTILINE))
OF_THE_PORTAL = set(re.findall(r'env\.\w+\(\s*"(\w+)"', SETTINGS))
OF_GUNICORN = {"FORWARDED_ALLOW_IPS"}
OF_A_COMMAND = {"PUBLIC_ROLE_PASSWORD"}  # grant_public_role
OF_COMPOSE = {"POSTGRES_PASSWORD", "PORTAL_VERSION", "PUBLIC_HOST"}


def commands(text):
    """Names behind ``manage.py``."""
    return set(re.findall(r"manage\.py[\s\",]+(\w+)", text))


def test_every_variable_of_the_example_is_one_that_something_reads():
    assert {"POSTGRES_PASSWORD", "PUBLIC_HOST"} == EXAMPLE - OF_THE_PORTAL - OF_A_COMMAND
    assert {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "CACHE_URL", "STATIC_ROOT"} <= EXAMPLE


def test_the_compose_file_names_variables_volumes_and_services_that_there_are():
    services = COMPOSE["services"]
    ours = [each for each in services.values() if each["image"].startswith("portal:")]
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text()))

    known = OF_THE_PORTAL | OF_GUNICORN | OF_COMPOSE
    assert len(ours) == 6 and asked - OF_COMPOSE <= EXAMPLE
    for each in ours:
        assert set(each["environment"]) <= known
        assert each["read_only"] and each["cap_drop"] == ["ALL"] and each["env_file"] == ".env"
    for each in services.values():
        assert set(each.get("depends_on", [])) <= services.keys()
        named = {volume.split(":")[0] for volume in each.get("volumes", [])}
        assert {name for name in named if not name.startswith((".", "/"))} <= COMPOSE["volumes"].keys()
        assert all((DEPLOY / name).exists() for name in named if name.endswith(".conf"))
    assert services["public"]["environment"]["FACE"] == "public"
    # No face answers to the host name of the other, whichever the proxy asks.
    said = {face: services[face]["environment"].get("ALLOWED_HOSTS") for face in ("public", "staff")}
    example = (DEPLOY / ".env.example").read_text()
    assert said == {"public": "${PUBLIC_HOST:?}", "staff": None}
    assert f"\nALLOWED_HOSTS={_serving.DESK}\nPUBLIC_HOST={_serving.SITE}\n" in example
    assert [name for name, each in services.items() if "ports" in each] == ["proxy"]
    replaced = re.findall(r"s/(127\.0\.0\.1:\d+)/(\w+):8000/", services["proxy"]["command"][2])
    assert {service for _address, service in replaced} == {"public", "staff"}
    assert all(f"server {address};" in (DEPLOY / "nginx.conf").read_text() for address, _service in replaced)


def test_units_and_containers_run_commands_that_there_are():
    texts = [path.read_text() for path in UNITS] + [(DEPLOY / "compose.yaml").read_text()]
    named = set().union(*map(commands, texts)) | set(re.findall(r"for task in ([\w ]+);", texts[-1])[0].split())

    assert {"send_messages", "scan_files", "sweep_files", "purge_personal_data", "close_months", "release"} <= named
    assert named - get_commands().keys() == set()


def test_every_timer_and_socket_has_its_service_which_nobody_runs_as_root():
    services = [path for path in UNITS if path.suffix == ".service"]

    assert {path.stem for path in UNITS if path.suffix != ".service"} < {path.stem for path in services}
    for path in services:
        text = path.read_text()
        assert "\nUser=portal\n" in text and "\nNoNewPrivileges=yes\n" in text and "\nProtectSystem=strict\n" in text
        assert len(re.findall(r"^Environment=FACE=(public|staff)$", text, re.MULTILINE)) == 1, path.name
    public = (DEPLOY / "systemd" / "portal-public.service").read_text()
    assert "Environment=FACE=public" in public
    for face in ("public", "staff"):
        text = (DEPLOY / "systemd" / f"portal-{face}.service").read_text()
        assert f"\nRuntimeDirectory=portal-{face}\n" in text and f"METRICS_ROOT=/run/portal-{face}\n" in text
    assert "METRICS_ROOT" not in EXAMPLE  # a file of variables wins over those of the unit
    # Its own settings are later than those of all, must be there, and it reads them nowhere else.
    assert re.findall("^EnvironmentFile=(.*)$", public, re.MULTILINE) == [
        "/etc/portal/portal.env",
        "/etc/portal/public.env",
    ]
    assert "InaccessiblePaths=-/etc/portal -/var/backups/portal -/var/lib/portal/files/private\n" in public


def test_systemd_understands_the_units_where_it_is_there(tmp_path):
    for path in UNITS:
        shutil.copy(path, tmp_path)
    for path in tmp_path.glob("*.service"):
        path.write_text(path.read_text().replace("/opt/portal/current/venv/bin/python", sys.executable))
    if program := shutil.which("systemd-analyze"):
        verified = subprocess.run([program, "verify", *tmp_path.iterdir()], capture_output=True, text=True)
        ours = [line for line in verified.stderr.splitlines() if "portal" in line]
        assert (verified.returncode, ours) == (0, [])


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_nginx_understands_the_sample_where_it_is_there(tmp_path):
    nodes = {face: [SimpleNamespace(port=9)] for face in ("public", "staff")}
    if shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin"):
        nginx = _serving.Nginx(tmp_path, nodes)
        tested = subprocess.run([nginx.program, "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True)
        assert tested.returncode == 0 and "warn" not in tested.stderr, tested.stderr


class Process(BaseHTTPRequestHandler):
    """Stands for a process of the portal; ``status`` is what it answers."""

    status = 200

    def do_GET(self):
        self.send_response(self.status)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"%d" % self.status)

    def log_message(self, *_):
        pass


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_page_that_is_gone_does_not_come_back_from_the_proxy_when_no_process_answers(tmp_path, monkeypatch):
    if not shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin"):
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), Process)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    node = [SimpleNamespace(port=server.server_port)]
    addresses = ["/ko/gone/", "/ko/stays/", "/files/of-a-record/"]
    with _serving.Nginx(tmp_path, {"public": node, "staff": node}) as nginx:
        before = [nginx.ask(_serving.SITE, address).status for address in addresses]
        time.sleep(2.1)  # the proxy counts whole seconds
        monkeypatch.setattr(Process, "status", 404)
        gone = nginx.ask(_serving.SITE, addresses[0]).status
        server.shutdown()
        server.server_close()
        time.sleep(2.1)
        after = [nginx.ask(_serving.SITE, address).status for address in addresses]
    assert (before, gone, after) == ([200] * 3, 404, [404, 200, 502])


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_no_log_of_the_proxy_has_the_secret_of_a_password_reset(tmp_path):
    if not shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin"):
        return
    nobody = [SimpleNamespace(port=9)]
    with _serving.Nginx(tmp_path, {"public": nobody, "staff": nobody}) as nginx:
        said = [nginx.ask(_serving.DESK, f"/admin/account/{rest}").status for rest in ("reset/1-s3cret/", "stay/")]
    logs = "".join(path.read_text() for path in (tmp_path / "log").glob("*.log"))
    assert said == [502, 502] and "s3cret" not in logs and logs.count("/admin/account/stay/") > 1
    assert "access-logfile" not in (DEPLOY / "Dockerfile").read_text()


def test_the_image_is_built_of_what_is_there_and_runs_as_nobody_of_the_machine():
    stages = instructions((DEPLOY / "Dockerfile").read_text())
    last = stages[-1]
    words = [word for word, _rest in last]

    assert [words.count(word) for word in ("USER", "HEALTHCHECK", "CMD")] == [1, 1, 1]
    assert words.index("USER") < words.index("CMD") and dict(last)["USER"] == "portal"
    copied = [rest.split()[0] for stage in stages for word, rest in stage if word == "COPY" and "--from" not in rest]
    assert copied == ["requirements.txt", "."] and all((ROOT / name).exists() for name in copied)
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".git", "var", "deploy/.env", "deploy/tls"} <= set(ignored)
