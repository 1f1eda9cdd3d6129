"""What readers and programs find on a public page: links to further pages, files, and what lies beside them."""

import re
from html import unescape
from zlib import crc32

STARTS = ["/ko/", "/en/"]
# Pages of countries and missions are many and made alike. These are asked for, every eighth of the others, and those
# of records that a test makes.
KEPT = {"VN", "US", "DE", "AE", "KR", "KP", "LV", "TW", "hanoi", "seattle", "frankfurt", "dubai", "los-angeles", "riga"}
ALIKE = re.compile(r"/(?:ko|en)/(?:countries|missions)/([^/?]+)/$")


def beside(body, meeting):
    """What programs read beside the pages: calendars, feeds, the sitemap. Pages link to some of it only."""
    codes = ["", f"?body={body.code}", f"?country={body.country_code}"]
    feeds = [f"feeds/{noun}.atom{query}" for noun in ("meetings", "cases", "information") for query in codes]
    feeds += ["feeds/earlier-cases.atom", f"feeds/earlier-cases.atom?country={body.country_code}"]
    files = ["calendar.ics", f"bodies/{body.code}/calendar.ics", f"meetings/{meeting.key}.ics", *feeds]
    kinds = ["countries", "missions", "bodies", "meetings", "cases", "earlier_cases", "information", "organisations"]
    kinds += ["types", "pages"]
    maps = ["/robots.txt", "/sitemap.xml", *(f"/sitemap-{kind}.xml" for kind in kinds)]
    return [*(start + file for start in STARTS for file in files), *maps]


def is_asked(address):
    """Whether a page is asked for: of many that are made alike, some are."""
    alike = ALIKE.fullmatch(address)
    return not alike or alike[1] in KEPT or alike[1].startswith("z-") or not crc32(alike[1].encode()) % 8


def links(html):
    """Pages on this site that a page links to, without their fragments."""
    pages = {address for address in addresses(html) if not address.partition("?")[0].endswith(".csv")}
    return {address for address in pages if is_asked(address)}


def files(html):
    """Addresses of the CSV files that a page links to."""
    return {address for address in addresses(html) if address.partition("?")[0].endswith(".csv")}


def addresses(html):
    """Addresses on this site that a page links to, of pages and of files."""
    return {unescape(address) for address in re.findall(r'<a [^>]*href="(/(?:ko|en)/[^"#]*)', html)}
