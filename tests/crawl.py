"""Every public page there is, found as a reader finds them: by following links."""

import re
from html import unescape

STARTS = ["/ko/", "/en/"]


def links(html):
    """Addresses on this site that a page links to, without their fragments."""
    return {unescape(address) for address in re.findall(r'<a [^>]*href="(/(?:ko|en)/[^"#]*)', html)}


def crawl(client, starts=STARTS):
    """All pages within reach, as (address, response), each once."""
    waiting, seen = list(starts), set(starts)
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        yield address, response
        for found in sorted(links(response.content.decode()) - seen):
            seen.add(found)
            waiting.append(found)
