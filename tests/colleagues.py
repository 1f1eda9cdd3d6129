"""Two colleagues at one desk, and the records that both have open."""

import pytest

from missions.models import ActionItem, Body
from tests import make
from tests.forms import signed_in, support


@pytest.fixture
def lax():
    return Body.objects.get(code="LAX")


@pytest.fixture
def kim(lax):
    return signed_in(make.staff("mission_officer", lax, name="김영사"))


@pytest.fixture
def lee(lax):
    return signed_in(make.staff("mission_officer", lax, name="이서기"))


@pytest.fixture
def record(lax):
    return make.difficulty(lax, title="처음 제목", account="처음 글", place="처음 곳")


@pytest.fixture
def linked(record):
    make.linkage(record, programme=support(), result="처음 결과")
    return record


@pytest.fixture
def meeting(lax):
    meeting = make.meeting(lax)
    for what in ("가", "나"):
        ActionItem.objects.create(meeting=meeting, what=f"할 일 {what}")
    return meeting
