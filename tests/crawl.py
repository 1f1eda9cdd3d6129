"""Every public page there is, found as a reader finds them: by following links."""

import re
from html import unescape

STARTS = ["/ko/", "/en/"]


def beside(body, meeting):
    """What programs read beside the pages: calendars, feeds, the sitemap. Pages link to some of it only."""
    codes = ["", f"?body={body.code}", f"?country={body.country_code}"]
    feeds = [f"feeds/{noun}.atom{query}" for noun in ("meetings", "cases", "information") for query in codes]
    files = ["calendar.ics", f"bodies/{body.code}/calendar.ics", f"meetings/{meeting.pk}.ics", *feeds]
    kinds = ["missions", "bodies", "meetings", "cases", "information", "organisations", "pages"]
    maps = ["/robots.txt", "/sitemap.xml", *(f"/sitemap-{kind}.xml" for kind in kinds)]
    return [*(start + file for start in STARTS for file in files), *maps]


def links(html):
    """Pages on this site that a page links to, without their fragments."""
    return {address for address in addresses(html) if not address.partition("?")[0].endswith(".csv")}


def files(html):
    """Addresses of the CSV files that a page links to."""
    return {address for address in addresses(html) if address.partition("?")[0].endswith(".csv")}


def addresses(html):
    """Addresses on this site that a page links to, of pages and of files."""
    return {unescape(address) for address in re.findall(r'<a [^>]*href="(/(?:ko|en)/[^"#]*)', html)}


def crawl(client, starts=STARTS, *, below="/"):
    """All pages within reach, of one language if asked to stay ``below`` its front page, as (address, response)."""
    waiting, seen = list(starts), set(starts)
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        yield address, response
        found = {link for link in links(response.content.decode()) if link.startswith(below)} - seen
        seen |= found
        waiting += sorted(found)
