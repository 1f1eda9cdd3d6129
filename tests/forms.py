"""Forms of the staff desk as a browser reads and sends them."""

import html5lib
from django.test import Client
from django.urls import reverse

from missions.models import SupportProgramme
from tests import make


def opened(client, address):
    """What a browser would post if the change form at this address were sent back untouched."""
    return entries(client.get(address))


def entries(response):
    """What a browser would post if the change form, or the form of a step, on this page were sent back untouched."""
    page = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    (form,) = (
        form for form in page.iter("form") if form.get("id", "").endswith("_form") or form.get("class") == "step"
    )
    posted = {}
    for element in form.iter():
        name = element.get("name")
        if not name or element.get("disabled") is not None:
            continue
        if element.tag == "select":
            values = [option.get("value") for option in element.iter("option") if option.get("selected") is not None]
            if not values and element.get("multiple") is None:
                values = [option.get("value") for option in element.iter("option")][:1]
        elif element.tag == "textarea":
            values = ["".join(element.itertext()).replace("\r\n", "\n").replace("\n", "\r\n")]
        elif element.tag == "input" and element.get("type") in {"checkbox", "radio"}:
            values = [element.get("value", "on")] if element.get("checked") is not None else []
        elif element.tag == "input" and element.get("type") not in {"submit", "button", "reset", "image"}:
            values = [element.get("value", "")]
        else:
            continue
        posted.setdefault(name, []).extend(values)
    return {name: values[0] if len(values) == 1 else values for name, values in posted.items() if values}


def change(client, address, **values):
    """Open the change form at this address, type values into it, and save."""
    return client.post(address, opened(client, address) | values)


def address(record):
    return reverse(f"admin:missions_{record._meta.model_name}_change", args=[record.pk])


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def complaints(response):
    """What the form of a page complains of; each sentence stands on the page."""
    form = response.context["adminform"].form if "adminform" in response.context else response.context["form"]
    found = [sentence for sentences in form.errors.values() for sentence in sentences]
    assert all(sentence in text(response) for sentence in found)
    return found


def differences(response):
    """What the conflict page compares: base, theirs, mine, by the label of the field."""
    return {
        difference.label: (difference.base, difference.theirs, difference.mine)
        for difference in response.context["conflict"].differences
    }


def support():
    """A support programme."""
    number = next(make.numbers)
    return SupportProgramme.objects.create(key=f"z-{number}", name_ko=f"Z사업 {number}")


def linkage(number=0, total=1, **values):
    """What a browser posts for a linkage typed into a difficulty's form."""
    texts = {"programme": support().pk, "linked_on": "2026-03-02"} | values
    return {"linkages-TOTAL_FORMS": total, **{f"linkages-{number}-{name}": value for name, value in texts.items()}}
