"""Measures what the gate adds to saving a public record: ``python -m tests.gate_speed``, with or without DATABASE_URL.

Makes a test database with 100,000 invented firms, or as many as the argument says, and drops it again. Each form is
saved with the gate and, in the same run, without it. The figures are in ``docs/performance.md``.
"""

import os
import random
import statistics
import sys
import time

import django

CORES = "가나다라마바사아자차카타파하강남동서북한대미진성우신유전정현기수영인화경원도민주상태광일삼오구백천"
TRADES = ["식품", "정밀", "전자", "테크", "바이오", "산업", "코리아", "무역", "물산", "화학", "메디칼", "푸드", "뷰티"]
ENGLISH = ["foods", "precision", "electronics", "tech", "bio", "industry", "korea", "trading", "chem", "medical"]
TEXT = (
    "베트남 하노이에서 식품 통관이 늦어져 공관이 세관과 협의하였습니다. 현지 규정이 바뀌어 라벨을 새로 붙여야 합니다. "
    * 200
)
ROUNDS = 15


def fill(count):
    """Write firms in bulk, with their history, and their keys."""
    from django.utils import timezone

    from missions.models import Company
    from missions.publication import firm_keys
    from tests import make

    chance, body, past = random.Random(1), make.body(), Company.history.model
    for start in range(0, count, 2000):
        rows = Company.objects.bulk_create(
            Company(
                body=body,
                name_ko=f"㈜{''.join(chance.choices(CORES, k=chance.choice([2, 2, 2, 3])))}{chance.choice(TRADES)}",
                name_en=f"{''.join(chance.choices('aeiourslnt', k=6))} {chance.choice(ENGLISH)} Co., Ltd.",
                telephone=f"0{chance.choice([2, 31, 51])}-{chance.randrange(200, 9999)}-{chance.randrange(1000, 9999)}",
                email=f"{''.join(chance.choices('abcdefghij', k=4))}@firm{number}.example",
            )
            for number in range(start, min(start + 2000, count))
        )
        facts = ["body_id", "name_ko", "name_en", "telephone", "email", "updated_at"]
        past.objects.bulk_create(
            past(
                id=row.pk, history_date=timezone.now(), history_type="+", **{name: getattr(row, name) for name in facts}
            )
            for row in rows
        )
    began = time.perf_counter()
    keys = firm_keys.rebuild()
    print(f"{count:,} firms, {keys:,} keys, written in {time.perf_counter() - began:,.0f} s")


def saved(client, row, column, words):
    """Milliseconds in which a form is saved, the median of some rounds."""
    from tests import forms

    spent = []
    for number in range(ROUNDS):
        values = forms.opened(client, forms.address(row)) | {column: f"{words} {number}"}
        began = time.perf_counter()
        assert client.post(forms.address(row), values).status_code == 302
        spent.append(time.perf_counter() - began)
    return 1000 * statistics.median(spent)


def measure():
    """Print a line for each form: with the gate, without it, their ratio."""
    from django.db import connection
    from django.test import Client

    from missions.models import Body, Company, Organisation
    from missions.publication import firm_keys, gate
    from tests import forms, make

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client, row = Client(), make.information(Body.objects.get(code="LAX"))
    client.force_login(make.staff(is_superuser=True))
    asked, unasked = gate.check, lambda *rows: None
    for called, record, column, words in [
        ("local information, 60 characters", row, "text_ko", TEXT[:60]),
        ("local information, 1,000 characters", row, "text_ko", TEXT[:1000]),
        ("local information, 9,000 characters", row, "text_ko", TEXT[:9000]),
        ("an organisation", Organisation.objects.first(), "other_names", "별칭"),
        ("a body with its members", Body.objects.get(code="LAX"), "purpose_ko", TEXT[:400]),
    ]:
        with_gate = saved(client, record, column, words)
        gate.check = unasked
        without = saved(client, record, column, words)
        gate.check = asked
        print(f"{called:<36}{with_gate:>8.1f} ms{without:>8.1f} ms{with_gate / without:>7.2f}×")
    firm = Company.objects.first()
    began = time.perf_counter()
    firm_keys.keep(firm)
    print(f"keys of one firm kept in {1000 * (time.perf_counter() - began):.1f} ms")
    values = forms.opened(client, forms.address(row)) | {"text_ko": firm.name_ko}
    began = time.perf_counter()
    assert client.post(forms.address(row), values).status_code == 200
    print(f"refused in {1000 * (time.perf_counter() - began):.1f} ms")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from django.test.utils import get_runner, setup_test_environment

    from missions.loading.loader import load
    from missions.roles import write_roles

    setup_test_environment()
    from django.conf import settings

    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        write_roles()
        load()
        fill(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
        measure()
    finally:
        runner.teardown_databases(databases)
