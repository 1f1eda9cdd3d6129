"""The words of invented records, and how each is noted to be one."""

from dataclasses import dataclass

from missions import models
from missions.search import staff as staff_search

MARK_KO, MARK_EN = "(가상)", "(invented)"
WORDS = "가상으로 만든 내용입니다."


@dataclass(frozen=True)
class Trouble:
    """A kind of difficulty: its type, its name, what is done about it and what others learn, in both languages."""

    type: str
    name: tuple
    done: tuple
    lesson: tuple


GOODS = [
    ("김", "seaweed", "A"),
    ("화장품", "cosmetics", "C"),
    ("배터리 부품", "battery parts", "C"),
    ("의료기기", "medical devices", "C"),
    ("소프트웨어", "software", "J"),
    ("식품 포장재", "food packaging", "C"),
]
TROUBLES = [
    Trouble(
        "customs",
        ("통관 지연", "customs delay"),
        (
            "공관이 세관과 면담하여 필요한 서류를 확인하였습니다.",
            "The mission met customs and learnt which papers it asks for.",
        ),
        (
            "선적 전에 품목분류와 원산지 서류를 확인하면 지연을 줄일 수 있습니다.",
            "Check classification and origin papers first.",
        ),
    ),
    Trouble(
        "certification",
        ("인증 지연", "late certificate"),
        (
            "현지 시험기관을 소개하고 신청 서류를 함께 검토하였습니다.",
            "A local laboratory was found and the papers were read.",
        ),
        ("인증은 신청에서 발급까지의 기간을 먼저 확인하는 것이 좋습니다.", "Ask first how long a certificate takes."),
    ),
    Trouble(
        "tariff",
        ("반덤핑관세 부과", "anti-dumping duty"),
        (
            "전문 변호사의 자문을 연결하고 조사 답변서 작성을 도왔습니다.",
            "A lawyer was found who helped to answer the inquiry.",
        ),
        ("조사 개시 공고를 정기적으로 확인하고 답변 기한을 지켜야 합니다.", "Watch for notices, and answer in time."),
    ),
    Trouble(
        "payment",
        ("대금 미회수", "unpaid invoice"),
        (
            "수입자와의 협의를 주선하고 분할 지급에 합의하였습니다.",
            "The mission brought both sides together; they agreed on parts.",
        ),
        ("첫 거래에는 수출보험 가입을 권합니다.", "Insure a first sale."),
    ),
    Trouble(
        "visa_hr",
        ("주재원 비자 거절", "visa refusal"),
        ("공관이 이민당국에 설명 서한을 보냈습니다.", "The mission wrote to the immigration office."),
        ("초청장에 업무 내용을 구체적으로 적어야 합니다.", "Say in the invitation exactly what the work is."),
    ),
    Trouble(
        "regulation_licensing",
        ("인허가 지연", "late permit"),
        (
            "담당 부서와의 면담을 주선하여 보완할 사항을 확인하였습니다.",
            "A meeting with the office showed what was missing.",
        ),
        ("현지 대리인과 보완 요구를 함께 확인하는 것이 좋습니다.", "Read requests together with a local agent."),
    ),
]


def note(row):
    """Keep in mind that a row is invented, and let both searches know it."""
    name = type(row).__name__
    models.LoadedRow.objects.create(file=models.INVENTED, key=f"{name}:{row.pk}", record=str(row.pk), values={})
    staff_search.keep(row)
    return row
