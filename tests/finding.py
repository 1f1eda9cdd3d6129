"""How tests ask the public search."""

import csv
import re
from pathlib import Path

from missions.search import staff as staff_search

BESIDE = re.compile(r"/earlier-cases/|/help/|#(ec|sv)-")  # earlier cases, services, and sources of these


def _read(name):
    with (Path(__file__).parent / "search" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


QUESTIONS = _read("questions.csv")  # as firms ask them, with what the first screen shows
CALLS = _read("whom_to_call.csv")  # what firms ask when something is wrong, and where that must end


def asked(client, text, language="ko", **narrowed):
    """The page of results."""
    response = client.get(f"/{language}/search/", {"q": text, **narrowed})
    assert response.status_code == 200
    return response


def page(client, text, language="ko", **narrowed):
    """Its words."""
    return asked(client, text, language, **narrowed).content.decode()


def found(client, text, language="ko", *, beside=False, **narrowed):
    """Addresses of what was found, in the order of the page: of the programme, or ``beside`` it."""
    groups = asked(client, text, language, **narrowed).context.get("groups", [])
    addresses = [hit.address for group in groups for hit in group.hits]
    return [address for address in addresses if bool(BESIDE.search(address)) == beside]


def first_screen(client, language, question):
    """What a page of hits offers: pages by name, types, countries, records, whom to ask."""
    context = asked(client, question, language).context
    groups = [*context.get("groups", []), *context.get("shares", [])]
    shown = {f"page:{page.name}" for page in context["site_pages"]} | {f"type:{row.code}" for row in context["types"]}
    shown |= {f"country:{country.code}" for country in context.get("named_countries", [])}
    shown |= {hit.address.removeprefix(f"/{language}") for group in groups for hit in group.hits}
    return shown | ({"ask"} if context.get("countries") else set())


def not_on_the_first_screen(client):
    """What ``QUESTIONS`` should show and do not, by question."""
    return {
        row["question"]: lacks
        for row in QUESTIONS
        if (lacks := set(row["shows"].split()) - first_screen(client, row["language"], row["question"]))
    }


def not_reached(client):
    """Of ``CALLS`` those that do not end as they must, each with what is missing.

    Home, search, the page that a link above the hits leads to: office and number stand there.
    """
    pages, wrong = {}, []
    for row in CALLS:
        address = f"/{row['language']}{row['ends']}"
        found = page(client, row["question"], row["language"])
        is_led = "?" in address or f'href="{address}"' in found[: found.index('class="count"')]
        if address not in pages:
            pages[address] = client.get(address).content.decode()
        wanted = [row["office"], *(f'href="{way}"' for way in row["reach"].split())]
        missing = [words for words in wanted if words not in pages[address]]
        if missing or not is_led:
            wrong.append((row["question"], is_led, missing))
    return wrong


def kept(record):
    """Bring the index up to date with a row that a test made past the portal."""
    staff_search.keep(record)
    return record
