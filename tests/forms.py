"""Forms of the staff desk as a browser reads and sends them."""

from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse

from missions.models import SupportProgramme
from tests import make


def opened(client, address):
    """What a browser would post if the change form at this address were sent back untouched."""
    return entries(client.get(address))


def entries(response):
    """What a browser would post if the change form, or the form of a step, on this page were sent back untouched."""
    reader = _Form()
    reader.feed(response.content.decode())
    (posted,) = reader.forms
    return {name: values[0] if len(values) == 1 else values for name, values in posted.items() if values}


class _Form(HTMLParser):
    """Reads what the form of a page holds; several times as fast as a parser that mends pages as browsers do.

    That pages need no mending is held by the tests that parse them strictly.
    """

    def __init__(self):
        super().__init__()
        self.forms, self.posted = [], None  # of each form read, and of the one being read
        self.select, self.options, self.text = None, [], None

    def handle_starttag(self, tag, attributes):
        """Begin a form, or note one of its fields."""
        found = dict(attributes)
        if tag == "form" and ((found.get("id") or "").endswith("_form") or found.get("class") == "step"):
            self.posted = {}
            self.forms.append(self.posted)
        elif self.posted is None:
            return
        elif tag == "option" and self.select:
            self.options.append((found.get("value"), "selected" in found))
        elif tag in ("select", "textarea", "input") and found.get("name") and "disabled" not in found:
            self._field(tag, found)

    handle_startendtag = handle_starttag

    def _field(self, tag, found):
        kind = found.get("type")
        if tag == "select":
            self.select, self.options = found, []
        elif tag == "textarea":
            self.text = (found["name"], [])
        elif kind in {"checkbox", "radio"}:
            self._note(found["name"], [found.get("value", "on")] if "checked" in found else [])
        elif kind not in {"submit", "button", "reset", "image"}:
            self._note(found["name"], [found.get("value") or ""])

    def handle_data(self, data):
        """Keep the words of a text."""
        if self.text:
            self.text[1].append(data)

    def handle_endtag(self, tag):
        """End a form, or a field that has more than one tag."""
        if tag == "form":
            self.posted = None
        elif tag == "select" and self.select:
            values = [value for value, selected in self.options if selected]
            if not values and "multiple" not in self.select:
                values = [value for value, _selected in self.options][:1]
            self._note(self.select["name"], values)
            self.select = None
        elif tag == "textarea" and self.text:
            name, words = self.text
            text = "".join(words).replace("\r\n", "\n").removeprefix("\n")  # as browsers drop it
            self._note(name, [text.replace("\n", "\r\n")])
            self.text = None

    def _note(self, name, values):
        self.posted.setdefault(name, []).extend(values)


def change(client, address, **values):
    """Open the change form at this address, type values into it, and save."""
    return client.post(address, opened(client, address) | values)


def address(record, page="change"):
    return reverse(f"admin:missions_{record._meta.model_name}_{page}", args=[record.pk])


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
