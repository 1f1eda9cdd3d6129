"""Pages of the site that a search may mean by their name: “다음 회의” asks for a list, and no record is called that."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from missions.fields.addresses import page_of
from missions.search.particles import without_particles
from missions.search.tokens import folded, words


@dataclass(frozen=True)
class SitePage:
    """A page by its name in the menu, with the words that readers have for it, in both languages."""

    name: str
    label: str
    words: frozenset

    @property
    def address(self):
        """Where it is, in the language in force."""
        return page_of(self.name)


def _page(name, label, words):
    return SitePage(name, label, frozenset(words.split()))


PAGES = [
    _page(
        "countries",
        _("Whom to call"),
        "국가별 나라별 담당 공관 담당공관 연락처 전화 전화번호 어디에 문의 "
        "contact contacts call telephone country countries",
    ),
    _page(
        "missions",
        _("Missions"),
        "재외공관 공관 대사관 총영사관 목록 연락처 지도 missions embassies consulates list contact contacts map",
    ),
    _page(
        "report",
        _("Report a difficulty"),
        "수출애로 애로 신고 접수 방법 신청 상담 문의 수출애로신고 애로신고 report a difficulty problem how to",
    ),
    _page("bodies", _("Bodies"), "지원협의체 협의체 목록 consultative bodies list"),
    _page(
        "meetings",
        _("Meetings"),
        "다음 예정 지난 회의 일정 회의일정 달력 캘린더 목록 "
        "next upcoming past meeting meetings calendar schedule dates list",
    ),
    _page("cases", _("Cases"), "공개 해결 지원 우수 사례 공개사례 사례집 목록 solved cases list"),
    _page(
        "earlier_cases",
        _("Earlier cases"),
        "선행 사례 선행사례 과거 이전 공관 사례집 earlier previous cases casebook list",
    ),
    _page("help_types", _("Help by type"), "도움 도움말 유형 유형별 상담 지원 help types advice services"),
    _page("information", _("Local information"), "새 최신 현지 정보 현지정보 목록 local information latest news list"),
    _page(
        "organisations", _("Organisations"), "참여 기관 참여기관 구성원 목록 organisations organizations members list"
    ),
    _page("programme", _("Programme"), "사업 소개 사업소개 개요 발표 실적 programme program about announced results"),
    _page("statistics", _("Statistics"), "통계 현황 수치 그래프 statistics figures charts numbers"),
    _page("sources", _("Sources"), "출처 자료 sources references"),
    _page(
        "data",
        _("Open data"),
        "공개 데이터 공공데이터 내려받기 다운로드 오픈 api open data download downloads datasets csv json",
    ),
    _page(
        "status",
        _("Where a report stands"),
        "진행 상황 진행상황 조회 조회번호 처리 접수 접수한 신고한 애로 어디 어디까지 갔나 갔나요 됐나 됐나요 확인 "
        "status of my report code receipt where stands",
    ),
    _page("privacy", _("Privacy"), "개인정보 처리방침 개인정보처리방침 쿠키 privacy cookies"),
    _page("accessibility", _("Accessibility"), "웹 접근성 웹접근성 accessibility"),
]


TO_CALL = {"전화", "전화번호", "연락처", "콜센터", "call", "phone", "telephone", "hotline", "contact"}


def named_by(text):
    """The pages that every word of a search stands for, particles aside."""
    for typed in (text, without_particles(text)):
        asked = {word for word, _by_two in words(typed) if len(word) > 1}
        if pages := [page for page in PAGES if asked and asked <= page.words]:
            return pages
    return []


def asked_to_call(text):
    """The page of whom to call, where a search asks for a telephone and names nobody who is known."""
    asked = {word.strip("?!.,") for word in folded(text).split()}
    return [page for page in PAGES if page.name == "countries" and asked & TO_CALL]
