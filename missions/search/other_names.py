"""What people call organisations, kinds of organisations and places besides their names, so that either is found.

A text that says KOTRA is found by 코트라, since an organisation has both names: its entry also has the tokens of the
other names. Whoever renames an organisation has the entries that name it written again.
"""

import re
from functools import lru_cache

from missions.models import Country, Mission, Organisation, OrganisationKind
from missions.search.tokens import HANGUL, folded, terms, tokens

IN_BRACKETS = re.compile(r"^(.+?)\s*\(([^()]+)\)$")  # Korea SMEs and Startups Agency (KOSME)
LEAST = 2  # letters of a name that is looked for in texts
# What firms ask for, where the kind is called otherwise.
WORDS_OF_KINDS = {
    OrganisationKind.MINISTRY: "정부부처 중앙부처 government",
    OrganisationKind.MISSION: "재외공관 대사관 총영사관 영사관 embassy consulate",
    OrganisationKind.AGENCY: "공공기관 공단 진흥원 government agency",
    OrganisationKind.AGENCY_OFFICE: "무역관 해외사무소 overseas office",
    OrganisationKind.LOCAL_GOVERNMENT: "지자체 지방자치단체 도청 시청 province city",
    OrganisationKind.ASSOCIATION: "협회 조합 단체 상공회의소 한인회 chamber of commerce federation",
    OrganisationKind.STARTUP_GROUP: "스타트업 창업 startup",
    OrganisationKind.LARGE_FIRM: "대기업 conglomerate",
    OrganisationKind.SMALL_FIRM: "중소기업 SME",
    OrganisationKind.BANK: "은행 금융기관 finance",
    OrganisationKind.LAW_FIRM: "변호사 법률사무소 법무법인 로펌 법률 lawyer attorney legal counsel",
    OrganisationKind.ACCOUNTING_FIRM: "회계사 세무사 회계법인 세무법인 accountant auditor tax",
    OrganisationKind.RESEARCH: "연구소 연구원 researcher",
    OrganisationKind.EXPERT: "전문가 자문 컨설턴트 consultant adviser",
    OrganisationKind.OTHER: "",
}


def split(names):
    """Names from one line, separated by commas."""
    return [name.strip() for name in names.split(",") if name.strip()]


def names_of(organisation):
    """Every name of an organisation: in both languages, short forms in brackets, and what people call it."""
    found = [organisation.name_ko, organisation.name_en, *split(organisation.other_names)]
    parts = [match.groups() if (match := IN_BRACKETS.match(name)) else (name,) for name in found]
    return tuple(dict.fromkeys(name for names in parts for name in names if len(name) >= LEAST))


def known_organisations():
    """The names of each organisation that has more than one, for ``also_called``."""
    rows = Organisation.objects.published().named().values_list("name_ko", "name_en", "other_names", named=True)
    named = [names_of(row) for row in rows]
    return [names for names in named if len(names) > 1]


def also_called(text, organisations):
    """Tokens of all names of the organisations that a text names by one of them."""
    text = folded(text)
    named = [names for names in organisations if any(_stands_in(name, text) for name in names)]
    return tokens(*(name for names in named for name in names)) if named else set()


def _stands_in(name, text):
    plain, pattern = _pattern(name)
    return plain in text and pattern.search(text) is not None


@lru_cache(maxsize=4096)
def _pattern(name):
    """A name as it is read, and what finds it where a word begins; one in Latin letters also where a word ends."""
    name = folded(name)
    letter = f"[{HANGUL}]" if re.match(f"[{HANGUL}]", name) else "[a-z0-9]"
    behind = "" if re.search(f"[{HANGUL}]$", name) else "(?![a-z0-9])"
    return name, re.compile(f"(?<!{letter}){re.escape(name)}{behind}")


def naming(entries, organisation):
    """Those of the entries of an index that may name an organisation, as pairs of kind and record."""
    return {
        pair
        for name in names_of(organisation)
        for pair in entries.filter(tokens__every=terms(name)).values_list("kind", "record")
    }


def words_of_kind(organisation):
    """What an organisation of its kind is asked for as."""
    return WORDS_OF_KINDS[OrganisationKind(organisation.kind)]


def place_names():
    """Names of countries and of cities with a mission, in both languages, each with the code of the country."""
    rows = [
        *Country.objects.published().values_list("pk", "name_ko", "name_en", "other_names"),
        *Mission.objects.published().values_list("country", "city_ko", "city_en", "other_names"),
    ]
    return [(name, code) for code, *names in rows for line in names for name in split(line)]


def places():
    """The code of the country by each of these names, as words are compared."""
    return {folded(name): code for name, code in place_names()}
