"""How tests ask the public search."""

import re

from missions.search import staff as staff_search

BESIDE = re.compile(r"/earlier-cases/|/help/|#(ec|sv)-")  # earlier cases, services, and sources of these


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


def kept(record):
    """Bring the index up to date with a row that a test made past the portal."""
    staff_search.keep(record)
    return record
