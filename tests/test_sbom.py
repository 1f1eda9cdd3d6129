"""The bill of materials has every locked package, in the shape of CycloneDX 1.6."""

import io
import json
import re
from pathlib import Path

from django.core.management import call_command

ROOT = Path(__file__).parent.parent
LOCKED = re.compile(r"^([\w-]+)(?:\[.*?\])?==(\S+)", re.MULTILINE)


def written():
    out = io.StringIO()
    call_command("sbom", stdout=out)
    return out.getvalue()


def test_every_locked_package_is_in_it_with_its_version_and_checksums():
    lock = (ROOT / "requirements.txt").read_text()
    components = {each["name"]: each for each in json.loads(written())["components"]}

    assert {name: each["version"] for name, each in components.items()} == dict(LOCKED.findall(lock))
    hashes = [found["content"] for each in components.values() for found in each["hashes"]]
    assert sorted(hashes) == sorted(re.findall("--hash=sha256:([0-9a-f]{64})", lock))
    assert components["django"]["licenses"] == [{"expression": "BSD-3-Clause"}]


def test_it_has_the_shape_of_cyclonedx():
    found = json.loads(written())
    refs = [each["bom-ref"] for each in [found["metadata"]["component"], *found["components"]]]

    assert (found["bomFormat"], found["specVersion"], found["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", found["serialNumber"])
    assert all(each["type"] == "library" and each["purl"].startswith("pkg:pypi/") for each in found["components"])
    for each in found["components"]:
        for licence in each.get("licenses", []):
            assert set(licence) == {"expression"} or set(licence["license"]) == {"name"}, each["name"]
    assert len(set(refs)) == len(refs)
    assert [each["ref"] for each in found["dependencies"]] == refs
    assert {ref for each in found["dependencies"] for ref in each["dependsOn"]} <= set(refs)
    portal = found["dependencies"][0]["dependsOn"]
    assert any(ref.startswith("pkg:pypi/django@") for ref in portal) and len(portal) >= 19


def test_the_same_lock_gives_the_same_text():
    assert written() == written()
