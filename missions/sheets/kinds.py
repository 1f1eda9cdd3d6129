"""The kinds of records that leave and come as tables, each with its columns in their order."""

from django.utils.translation import gettext_lazy as _

from missions.fields.dates import today_in
from missions.models import (
    Attendance,
    Company,
    Difficulty,
    LocalInformation,
    Meeting,
    Membership,
    Organisation,
    Recipient,
    ReportedResult,
)
from missions.sheets.columns import BETWEEN, Column, Kind, named


def _of_firm(name):
    """What the firm of a difficulty has in a column."""
    return lambda row, reader: getattr(row.company, name) if row.company else None


def _contact_of_firm(name):
    return lambda row, reader: getattr(row.company, name) if row.company and reader.reaches(row.company) else None


def _contact(name):
    return lambda row, reader: getattr(row, name) if reader.reaches(row) else None


def _person(name):
    return lambda row, reader: str(getattr(row, name) or "")


def _present(meeting, reader):
    """The organisations at a meeting, each with its headcount in brackets."""
    rows = meeting.attendances.all()
    return BETWEEN.join(
        f"{named(row.organisation)} ({row.headcount})" if row.headcount is not None else named(row.organisation)
        for row in rows
    )


def _since(row, reader):
    """The day since which a difficulty waits, on the clocks of its holder, as the list shows it."""
    return row.since and today_in(row.holder.time_zone, row.since)


def _link(row, reader):
    return row.organisation.slug if row.organisation else None


READ_ONLY = {"taken": False}
PERSONAL = {"personal": True, "usual": False}
NAME_OF_FIRM = "기업명 업체명 회사명 상호 수출기업명 firm"
NUMBER_OF_FIRM = "사업자번호 사업자등록번호 등록번호"
TEN_DIGITS = _("Ten digits. Keep the column as text, or a spreadsheet drops zeros.")
CODE = _("The code of a body, such as LAX.")
DAY = _("Year, month, day.")
YES_OR_NO = _("yes or no")

DIFFICULTIES = Kind(
    Difficulty,
    (
        Column(
            "reference",
            also="접수번호 참조번호",
            note=_("Leave it empty for what is to be filed. With the reference of a difficulty, that one is changed."),
        ),
        Column("title", also="제목 건명 애로명 애로사항명", needed=True, example="냉동식품 통관 보류"),
        Column(
            "company_name",
            _("firm"),
            _of_firm("name_ko"),
            NAME_OF_FIRM,
            _("As it is registered. A firm that is not known yet is entered with the difficulty."),
            "㈜예시식품",
        ),
        Column(
            "company_number",
            _("business registration number"),
            _of_firm("written_number"),
            NUMBER_OF_FIRM,
            TEN_DIGITS,
            "123-45-67891",
        ),
        Column("country", also="국가명 대상국 대상국가 수출국 진출국 국명", needed=True, example="베트남"),
        Column("type", also="애로유형 유형 분류 구분 애로분류", needed=True, example="통관"),
        Column(
            "account",
            also="내용 애로내용 애로사항 사례개요 세부내용 상세내용 건의내용",
            needed=True,
            example="하이퐁항에서 서류 보완 요구로 통관이 보류되었습니다.",
        ),
        Column("reported_on", also="접수일 접수일자 신고일 등록일", note=DAY, example="2026-03-02"),
        Column("report_source", also="접수경로 출처 접수처", example="협회"),
        Column("place", also="지역 도시 장소", example="하이퐁"),
        Column("steps_taken", also="기조치 기업조치 조치사항", usual=False),
        Column("sector", also="업종 산업", example="제조업"),
        Column(
            "hs_codes",
            also="hs hscode hs코드 품목코드 품목번호 품목 품목hs",
            note=_("2 to 10 digits each. Keep the column as text, or a spreadsheet drops zeros."),
            example="030617",
        ),
        Column("is_urgent", also="긴급여부 긴급", note=YES_OR_NO, example="아니요"),
        Column("urgent_reason", also="긴급사유 긴급이유", usual=False),
        Column("became_aware_on", also="인지일 발생일 발생일자", note=DAY, usual=False),
        Column("hurts_on", also="마감일 피해기한", note=DAY, usual=False),
        Column("hurts_how", also="피해내용 예상피해", usual=False),
        Column("value_amount", also="금액 피해금액 피해액 수출액", example="5천만", usual=False),
        Column("value_currency", also="통화 화폐", note=_("such as KRW or USD"), example="KRW", usual=False),
        Column("contact", _("contact person"), _contact_of_firm("contact"), "담당자명 담당자 연락담당자", **PERSONAL),
        Column("telephone", _("telephone"), _contact_of_firm("telephone"), "연락처 전화 휴대전화 핸드폰", **PERSONAL),
        Column("email", _("e-mail"), _contact_of_firm("email"), "이메일 메일 전자우편주소", **PERSONAL),
        Column("filed_through", **READ_ONLY),
        Column("holder", **READ_ONLY),
        Column("owner", said=_person("owner"), **READ_ONLY),
        Column("stage", **READ_ONLY),
        Column("waits_on", _("waits on"), lambda row, reader: row.waits_on(row.open_legs, named), **READ_ONLY),
        Column("until", _("until"), lambda row, reader: row.until(row.open_legs), **READ_ONLY),
        Column("since", _("since"), _since, **READ_ONLY),
        Column("outcome", **READ_ONLY),
        Column("solution", usual=False, **READ_ONLY),
    ),
    key=("reference",),
    fetched=("company", "country", "type", "sector", "holder__mission", "filed_through", "owner"),
    annotated=lambda rows: rows.with_standing(),
    whose=lambda row: row.company,
)

COMPANIES = Kind(
    Company,
    (
        Column(
            "registration_number", said=lambda row, reader: row.written_number, also=NUMBER_OF_FIRM, note=TEN_DIGITS
        ),
        Column("name_ko", also=f"{NAME_OF_FIRM} 국문명", needed=True, example="㈜예시식품"),
        Column("name_en", also="영문명 영문기업명", example="Example Foods Co., Ltd."),
        Column("size", also="기업규모 규모"),
        Column("region", also="소재지 지역", example="부산"),
        Column("sector", also="업종 산업", example="제조업"),
        Column("body", _("registered by"), also="등록기관", note=CODE),
        Column("shares_with_mission", note=YES_OR_NO),
        Column("shares_with_organisations", note=YES_OR_NO),
        Column("may_be_named", note=YES_OR_NO),
        Column("contact", said=_contact("contact"), also="담당자명 담당자", **PERSONAL),
        Column("telephone", said=_contact("telephone"), also="연락처 전화 휴대전화", **PERSONAL),
        Column("email", said=_contact("email"), also="이메일 메일", **PERSONAL),
    ),
    key=("registration_number",),
    fetched=("sector", "body"),
    whose=lambda row: row,
)

ORGANISATIONS = Kind(
    Organisation,
    (
        Column(
            "slug",
            also="식별이름 주소이름",
            needed=True,
            note=_("Small letters of Latin, digits and hyphens; part of the address of its page."),
            example="busan-export-centre",
        ),
        Column("name_ko", also="기관명 국문명 단체명", needed=True, example="부산수출지원센터"),
        Column("name_en", also="영문명 영문기관명", example="Busan Export Centre"),
        Column("other_names", also="약칭 별칭"),
        Column("kind", also="종류 기관종류 유형", example="공공기관"),
        Column("country", also="국가명 소재국", example="대한민국"),
        Column("url", also="누리집 홈페이지", example="https://www.example.go.kr/"),
        Column("parent", said=lambda row, reader: row.parent and row.parent.slug, also="상위기관 소속"),
        Column("certainty"),
    ),
    key=("slug",),
    fetched=("country", "parent"),
)

MEMBERS = Kind(
    Membership,
    (
        Column("body", also="지원협의체코드 코드", needed=True, note=CODE, example="LAX"),
        Column("organisation", also="기관명 구성기관 참여기관", needed=True, example="부산수출지원센터"),
        Column("slug", _("slug"), _link, note=_("Tells organisations of one name apart."), usual=False),
        Column("post", also="역할 구분", example="구성원"),
        Column("since_on", also="시작일 위촉일", note=DAY, example="2026-01-01"),
        Column("until_on", also="종료일 만료일", note=DAY),
        Column("person_ko", also="성명 위원", note=_("Public officials only. The public reads it.")),
        Column("person_en"),
        Column("title_ko", also="직위 직급"),
        Column("title_en"),
        Column("helps_ko", also="지원분야"),
        Column("helps_en"),
        Column("certainty"),
    ),
    key=("body", "organisation", "post"),
    fetched=("body", "organisation"),
)

RECIPIENTS = Kind(
    Recipient,
    (
        Column(
            *("email", "", _contact("email"), "이메일 메일"),
            needed=True,
            example="info@example.or.kr",
            **PERSONAL,
        ),
        Column("name", also="배포처명 명칭 부서", example="예시협회 수출지원팀"),
        Column("organisation", also="기관명 소속기관"),
        Column("slug", _("slug"), _link, note=_("Tells organisations of one name apart."), usual=False),
        Column("contact", said=_contact("contact"), also="담당자명 담당자", **PERSONAL),
        Column("countries", also="국가", note=_("Several with semicolons between them.")),
        Column("topics", also="유형 주제", note=_("Several with semicolons between them.")),
        Column("sectors", also="업종", note=_("Several with semicolons between them.")),
        Column("is_active", note=YES_OR_NO),
    ),
    key=("email",),
    fetched=("organisation",),
    gathered=("countries", "topics", "sectors"),
    whose=lambda row: row,
)

MEETINGS = Kind(
    Meeting,
    (
        Column("body", also="지원협의체코드 코드", note=CODE, example="LAX"),
        Column("kind", also="회의종류 종류", example="정례회의"),
        Column("number", also="차수 회차", example="3"),
        Column("label_ko", also="회의명 명칭"),
        Column("label_en"),
        Column("held_on", also="개최일 회의일 개최일자", note=DAY, example="2026-03-02"),
        Column("held_precision"),
        Column("mode", also="방식"),
        Column("venue_ko", also="장소 개최장소"),
        Column("venue_en"),
        Column("status", also="개최여부"),
        Column("chaired", also="공관장주재 주재"),
        Column("headcount", also="인원 참석인원 참석자수", example="24"),
        Column(
            "present",
            Attendance._meta.verbose_name,
            _present,
            "참석기관 참여기관 참석",
            _("Organisations with semicolons between them, the headcount of each in brackets."),
            "부산수출지원센터 (2); 예시협회",
        ),
        Column("participants_ko", usual=False),
        Column("summary_ko", also="결과 회의결과 요약", usual=False),
        Column("summary_en", usual=False),
        Column("is_published", **READ_ONLY),
    ),
    key=("body", "number"),
    fetched=("body",),
    gathered=("attendances__organisation",),
)

INFORMATION = Kind(
    LocalInformation,
    (
        *(Column(name) for name in ("title_ko", "title_en", "body", "country", "topic", "sector")),
        *(Column(name) for name in ("issued_on", "valid_until")),
        Column("state", _("state"), lambda row, reader: str(row.state.label)),
        *(Column(name, usual=False) for name in ("text_ko", "text_en")),
    ),
    fetched=("body", "country", "topic", "sector"),
    imported=False,
)

RESULTS = Kind(
    ReportedResult,
    tuple(
        Column(name)
        for name in (
            *("as_of_on", "scope_ko", "scope_en", "missions", "countries"),
            *("meetings", "difficulties", "information", "linkages", "certainty"),
        )
    ),
    imported=False,
)

KINDS = {
    kind.name: kind
    for kind in (DIFFICULTIES, COMPANIES, MEETINGS, ORGANISATIONS, MEMBERS, INFORMATION, RECIPIENTS, RESULTS)
}
