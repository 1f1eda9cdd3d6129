"""List what the portal is made of, as CycloneDX."""

import hashlib
import json
import re
import tomllib
import uuid
from importlib import metadata

from django.conf import settings
from django.core.management.base import BaseCommand
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PINNED = re.compile(r"^([\w.-]+)(?:\[[\w,.-]+\])?==([^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class Command(BaseCommand):
    """Writes the same for the same lock, whenever it is run: without a moment, and with a number made of the lock."""

    help = (
        "Write the software bill of materials, CycloneDX 1.6 as JSON: every package of requirements.txt with version, "
        "checksums, licence and what it needs. ./run manage sbom > sbom.cdx.json"
    )
    requires_system_checks = []

    def handle(self, *args, **options):
        """Licences and needs are those that the installed packages state."""
        self.stdout.write(json.dumps(bill(settings.BASE_DIR), ensure_ascii=False, indent=2))


def bill(folder):
    """The bill of materials of the sources in a folder, as a dictionary."""
    text = (folder / "requirements.txt").read_text()
    project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    packages = dict(_packages(text))
    refs = {name: package["bom-ref"] for name, package in packages.items()}
    portal = {
        "type": "application",
        "bom-ref": f"{project['name']}@{project['version']}",
        "name": project["name"],
        "version": project["version"],
        "description": project["description"],
        "licenses": [{"license": {"id": project["license"]}}],
    }
    needs = {portal["bom-ref"]: _names(project["dependencies"])}
    needs |= {refs[name]: _names(_stated(name).requires or [] if _stated(name) else []) for name in packages}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.UUID(bytes=hashlib.sha256(text.encode()).digest()[:16], version=4)}",
        "version": 1,
        "metadata": {"component": portal},
        "components": list(packages.values()),
        "dependencies": [
            {"ref": ref, "dependsOn": sorted({refs[name] for name in names if name in refs} - {ref})}
            for ref, names in needs.items()
        ],
    }


def _packages(text):
    """Each package of a lock by its name, in the order of the lock."""
    found = list(PINNED.finditer(text))
    for match, following in zip(found, [*found[1:], None], strict=True):
        name, version, marker = canonicalize_name(match[1]), match[2], match[3]
        block = text[match.end() : following.start() if following else len(text)]
        purl = f"pkg:pypi/{name}@{version}"
        package = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
        if marker:  # only on machines of some kind
            package |= {"scope": "optional", "properties": [{"name": "python:marker", "value": marker}]}
        package["hashes"] = [{"alg": "SHA-256", "content": content} for content in HASH.findall(block)]
        if licence := _licence(name):
            package["licenses"] = [licence]
        yield name, package


def _licence(name):
    stated = _stated(name)
    if stated is None:
        return None
    if expression := stated.metadata.get("License-Expression"):
        return {"expression": expression}
    classifiers = stated.metadata.get_all("Classifier") or []
    named = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License :: OSI Approved")]
    first_line = (stated.metadata.get("License") or "").strip().partition("\n")[0]
    words = " / ".join(named) or first_line[:100]
    return {"license": {"name": words}} if words else None


def _stated(name):
    """What an installed package states of itself; None where it is not installed on this machine."""
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None


def _names(requirements):
    return [canonicalize_name(Requirement(line).name) for line in requirements]
