"""What a status code tells: where a report stands, and nothing of the report."""

import datetime
import re
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from missions.admin.difficulty.status import standing
from missions.difficulties import closing, codes, progress, relays, workflow
from missions.fields import status_codes
from missions.fields.dates import today_in
from missions.models import CLOSED_FOR, Difficulty, ReportStatus, StatusCode
from portal.questions import FewQuestions
from tests import make, site

pytestmark = pytest.mark.usefixtures("programme")
TURN = "<dt>처리 차례</dt>"
ELSEWHERE = "203.0.113.9"


def ask(code, language="ko", **sent):
    """The answer to somebody who types a code; a browser of a stranger, who has no token."""
    return Client(enforce_csrf_checks=True).post(f"/{language}/status/", {"code": code}, **sent)


def told(code, language="ko"):
    """The words of that answer below the menu."""
    return ask(code, language).content.decode().partition("<main")[2].partition("</main>")[0]


def guess():
    """A code that is written correctly, and of no report."""
    return status_codes.codes_of(status_codes.new_seed())[0]


@pytest.fixture
def unlimited(monkeypatch):
    """A test that asks more often than a reader may, of something else than that."""
    monkeypatch.setattr(FewQuestions, "of_address", 10_000)


class Scene:
    """A difficulty, its officer, and what they do next."""

    def __init__(self):
        self.body, self.other = make.body(), make.body()
        self.officer = make.officer(self.body)
        self.record = make.difficulty(self.body, self.officer)

    def fresh(self):
        return Difficulty.objects.get(pk=self.record.pk)

    def closed(self, days_ago=0):
        at = timezone.now() - datetime.timedelta(days=days_ago)
        with patch.object(timezone, "now", lambda: at):
            closing.close(self.fresh(), by=self.officer, outcome="advice", solution="안내했습니다.")


def test_an_answer_names_stage_turn_since_and_until_and_nothing_of_the_report(unlimited):
    planted = site.plant()
    record = Difficulty.objects.get(reference=planted.private[1])
    code, today = codes.printed(record), today_in(planted.body.time_zone)
    korean, english = told(code), told(code, "en")

    assert "접수" in korean and planted.body.name_ko in korean and f"{today.year}년 {today.month}월" in korean
    assert "received" in english and planted.body.name_en in english and record.due_on.isoformat() in english
    for page in (korean, english, ask(code).content.decode()):
        assert not [word for word in [*planted.private, code, code.replace("-", "")] if word in page]


def test_the_answer_follows_what_the_desk_says_of_every_turn(unlimited):
    scene = Scene()
    code = codes.printed(scene.record)

    def agrees(whose):
        record = scene.fresh()
        desk, row = standing(record, scene.officer), ReportStatus.objects.get()
        assert (row.stage, row.since) == (record.stage, desk["since"])
        assert row.until == min(filter(None, [leg.leg.due_on for leg in desk["legs"]]), default=record.due_on)
        assert whose in told(code, "en").partition("Whose turn")[2]

    agrees(scene.body.name_en)
    workflow.accept(scene.fresh(), by=scene.officer, owner=scene.officer)
    agrees(scene.body.name_en)
    progress.wait(scene.fresh(), by=scene.officer, waiting_on="company", note="서류", until=make.tomorrow())
    agrees("your firm")
    progress.wait(scene.fresh(), by=scene.officer, waiting_on="host_authority", note="허가", until=make.tomorrow())
    agrees("an authority of the host country")
    progress.wait(scene.fresh(), by=scene.officer, waiting_on="nobody", note="계속")
    relays.relay(scene.fresh(), by=scene.officer, to=make.body(), kind="information", asked="알립니다.")
    row = ReportStatus.objects.get()
    assert (row.body, row.until) == (scene.body, scene.fresh().due_on)
    leg = relays.relay(scene.fresh(), by=scene.officer, to=scene.other, kind="help", asked="부탁합니다.")
    row = ReportStatus.objects.get()
    assert (row.body, row.until) == (scene.other, leg.acknowledge_by)
    leg = relays.acknowledge(leg, by=make.officer(scene.other)) and scene.fresh().relays.get(kind="help")
    assert ReportStatus.objects.get().until == leg.answer_by
    assert scene.other.name_en in told(code, "en")
    relays.recall(leg, by=scene.officer, reason="해결")
    scene.closed()
    page = told(code)
    assert "종결" in page and scene.body.name_ko not in page and "안내했습니다" not in page and "자문" not in page


def test_a_code_is_taken_however_it_is_written(unlimited):
    code = codes.printed(Scene().record)
    bare = code.replace("-", "")
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in bare.lower())
    for typed in (bare, code.lower(), f"  {code.replace('-', ' ')} ", wide, code.replace("-", "–")):
        assert TURN in told(typed), typed
    assert status_codes.read(bare.replace("2", "z").replace("8", "b")) == bare


def test_every_slip_of_one_letter_and_of_two_neighbours_is_told_from_an_unknown_code():
    code = guess()
    slips = {code[:at] + letter + code[at + 1 :] for at in range(30) for letter in status_codes.ALPHABET} - {code}
    slips |= {code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(29)} - {code}
    for slip in [*slips, code[:-1], code + "2", code[:-1] + "O", "", "가"]:
        with pytest.raises(ValidationError):
            status_codes.read(slip)
    wrong = code[0].translate(str.maketrans("23", "32")) if code[0] in "23" else "2"
    assert "한 글자가 다르거나" in told(wrong + code[1:]) and "찾을 수 있는 접수가 없습니다" in told(code)
    assert "<script>" not in told("<script>") and "No code has the sign" in told("<" + code[1:], "en")
    assert "The code has" not in told("LAX-26-7K3", "en") and "접수번호" in told("lax-26-7k3") and "30자" in told("abc")


def test_a_code_that_ended_is_answered_like_one_that_never_was(unlimited):
    scene = Scene()
    code = codes.printed(scene.record)
    progress.code(scene.record, by=scene.officer, ends=False)
    second = codes.printed(scene.record)
    never = status_codes.grouped(guess())

    assert told(code).replace(code, "") == told(never).replace(never, "") and TURN in told(second)
    progress.code(scene.record, by=scene.officer, ends=True)
    assert told(second).replace(second, "") == told(never).replace(never, "")
    with pytest.raises(workflow.StepRefused, match="종료할 조회번호가 없습니다"):
        progress.code(scene.record, by=scene.officer, ends=True)
    with CaptureQueriesContext(connection) as ended, CaptureQueriesContext(connection) as unknown:
        ask(code), ask(never)
    assert len(ended) == len(unknown) == 2
    assert [event.note for event in scene.record.events.filter(step="code")] == [
        f"조회번호 {done}: {scene.record.reference}" for done in ("발급", "종료")
    ]


@pytest.mark.parametrize(
    ("days", "says"), [(CLOSED_FOR - 1, "종결일"), (CLOSED_FOR + 1, "찾을 수 있는 접수가 없습니다")]
)
def test_a_closed_report_is_told_of_for_ninety_days(days, says):
    scene = Scene()
    scene.closed(days_ago=days)

    assert says in told(codes.printed(scene.record))


def test_a_report_that_is_reopened_is_told_of_again():
    scene = Scene()
    scene.closed(days_ago=200)
    closing.reopen(scene.fresh(), by=scene.officer, reason="다시")

    assert TURN in told(codes.printed(scene.record))


def test_a_further_firm_has_a_code_of_its_own_which_ends_alone(unlimited):
    scene = Scene()
    progress.again(scene.record, by=scene.officer, company=make.company(scene.body), note="같은 일")
    report = scene.record.further_reports.get()
    first, further = codes.printed(scene.record), codes.printed(scene.record, report)
    assert first != further and TURN in told(first) and TURN in told(further)

    progress.code(scene.record, by=scene.officer, ends=True, report=report)

    assert TURN in told(first) and TURN not in told(further)


def test_guesses_find_nothing_and_are_slowed_without_asking_the_database(monkeypatch):
    monkeypatch.setattr(FewQuestions, "of_all", 30)
    code = codes.printed(Scene().record)
    answers = [ask(guess()) for _ in range(25)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429] * 5
    assert all(TURN not in answer.content.decode() for answer in answers)
    with CaptureQueriesContext(connection) as queries:
        refused = ask(code)
    assert len(queries) == 0 and refused.status_code == 429 and 0 < int(refused["Retry-After"]) <= 600
    assert refused["Cache-Control"] == "no-store" and 'href="/admin' not in refused.content.decode()

    assert ask(code, REMOTE_ADDR=ELSEWHERE).status_code == 200
    everybody = [ask(guess(), REMOTE_ADDR=f"2001:db8:{place}::1").status_code for place in range(12)]
    assert everybody == [200] * 9 + [429] * 3
    assert Client().get("/ko/status/").status_code == 200


def test_questions_are_answered_where_nothing_counts_them(monkeypatch):
    def fails(*arguments):
        raise OSError

    monkeypatch.setattr("portal.questions.cache.add", fails)
    assert [ask(guess()).status_code for _ in range(22)] == [200] * 22


def test_nobody_keeps_the_page_and_search_engines_are_not_led_to_it(client):
    code = codes.printed(Scene().record)
    for answer in (ask(code), ask(guess()), client.get("/ko/status/")):
        assert answer["Cache-Control"] == "no-store" and answer["X-Robots-Tag"] == "noindex"
        assert not answer.cookies and "ETag" not in answer and "Cookie" not in answer.get("Vary", "")
        assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert "/status/" not in client.get("/sitemap-pages.xml").content.decode()
    assert ask(code, language="en").status_code == 200
    assert Client().post("/ko/report/", {"code": code}).status_code == 405
    assert TURN not in client.get(f"/ko/status/?code={code}").content.decode()


def test_the_database_alone_gives_no_code_away_and_former_keys_still_open(settings):
    scene = Scene()
    code, row = codes.printed(scene.record), StatusCode.objects.get()
    assert status_codes.read(code) not in (row.seed, row.digest) and len(bytes.fromhex(row.seed)) * 8 >= 128

    former = settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    assert codes.printed(scene.record) == "" and TURN not in told(code)
    settings.SECRET_KEY_FALLBACKS = [former]
    assert codes.printed(scene.record) == code and TURN in told(code)
    settings.STATUS_KEY, settings.SECRET_KEY = "of its own", former
    assert codes.printed(scene.record) == code and TURN in told(code)
    codes.issue(scene.record, scene.officer)
    assert TURN in told(codes.printed(scene.record))


def test_the_receipt_prints_the_code_and_where_to_type_it_in_each_language(client, settings):
    scene = Scene()
    client.force_login(scene.officer)
    address = reverse("admin:missions_difficulty_receipt", args=[scene.record.pk])
    korean, english = client.get(address).content.decode().split('<section lang="ko"')[1].split('<section lang="en"')

    for part, place in ((korean, "http://testserver/ko/status/"), (english, "http://testserver/en/status/")):
        assert place in part and re.search(r"(?:[2-9C-Y]{5}-){5}[2-9C-Y]{5}", part)[0] == codes.printed(scene.record)
    settings.PUBLIC_ADDRESS = "https://firms.example.kr/"
    assert "https://firms.example.kr/ko/status/" in client.get(address).content.decode()
    codes.end(scene.record, scene.officer)
    assert "사용 중인 번호 없음" in client.get(address).content.decode()
