"""Measures the search beside ILIKE, both in one run: ``DATABASE_URL=postgres://… python -m tests.search_speed``.

Makes a test database with 100,000 difficulties of invented Korean text, or as many as the argument says, and drops
it again. The figures are in ``docs/performance.md``.
"""

import functools
import itertools
import os
import random
import statistics
import sys
import time

import django

SYLLABLES = (
    "가고관구국기내다대도라로리마명무물미보부비사산상생서선성세소수시식신안어업여연오외요용우원위유의이인일입"
    "자작장재전정제조주중지진차천체출치통판품하한해험현화회"
)
ENDINGS = ["", "", "", *"을를이가은는에의", "에서", "으로", "합니다.", "됩니다.", "했습니다.", "되었습니다."]
# Words, and in how many of 1,000 difficulties each is written: rare, now and then, often, nearly everywhere.
WORDS = {"반덤핑관세": 2, "통관지연": 10, "상표출원": 50, "서류보완": 200, "수출입": 700}
ASKED = ["덤핑", "관세", "통관", "지연", "상표", "보완", "수출"]
ORDER = ["-reported_on", "-pk"]  # of the desk's list, after the titles that have the word
SENTENCE = "냉동 식품 컨테이너의 통관지연으로 보세구역 창고 비용이 더 듭니다. 원산지 증명서 보완을 요구받았습니다."


def vocabulary(chance):
    """20,000 words, and how often each is used: as in real text, few are used much."""
    words = ["".join(chance.choices(SYLLABLES, k=chance.choice([2, 2, 2, 3, 3, 4]))) for _ in range(20_000)]
    return words, list(itertools.accumulate(1 / (rank + 20) for rank in range(len(words))))


def account(chance, words, weights):
    """100 words, around 400 characters."""
    said = [word + chance.choice(ENDINGS) for word in chance.choices(words, cum_weights=weights, k=100)]
    said += [word for word, share in WORDS.items() if chance.random() * 1000 < share]
    chance.shuffle(said)
    return " ".join(said)


def fill(count):
    """Write difficulties in bulk, and their index."""
    from missions.models import Difficulty
    from missions.search import staff as staff_search
    from tests import make

    body = make.body()
    officer, firm, chance = make.officer(body), make.company(body), random.Random(1)
    text = functools.partial(account, chance, *vocabulary(chance))
    for start in range(0, count, 2000):
        Difficulty.objects.bulk_create(
            Difficulty(
                reference=f"Z-{number}",
                title=text()[:20],
                account=text(),
                company=firm,
                filed_by=officer,
                filed_through=body,
                holder=body,
                country_id="VN",
                type_id="other",
            )
            for number in range(start, min(start + 2000, count))
        )
    for _ in staff_search.rebuild():
        pass


def took(ask):
    """Seconds that one question takes, asked a second time."""
    ask()
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


def timed(rows, rounds):
    """Milliseconds that the first page of rows takes, the median of some rounds."""
    return 1000 * statistics.median(took(lambda: list(rows.all()[:50])) for _ in range(rounds))


def measure():
    """Print a line for each word: its hits, both times, their ratio."""
    from django.db import connection
    from django.db.models import Case, Q, Value, When

    from missions.models import Difficulty, User
    from missions.search import staff as staff_search
    from missions.search.similar import alike

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    rows = Difficulty.objects.order_by(*ORDER)
    columns = ["reference", "title", "account", "steps_taken", "solution", "lesson", "place"]
    columns += ["company__name_ko", "company__name_en"]
    print(f"{'word':<8}{'hits':>8}{'ILIKE':>12}{'search':>12}{'ratio':>8}")
    for word in ASKED:
        either, titled = Q(), Q(reference__icontains=word) | Q(title__icontains=word)
        for column in columns:
            either |= Q(**{f"{column}__icontains": word})
        titles_first = Case(When(titled, then=Value(0)), default=Value(1))
        scanned, found = rows.filter(either).order_by(titles_first, *ORDER), staff_search.find(rows, word)
        assert list(scanned.values_list("pk", flat=True)) == list(found.values_list("pk", flat=True))
        slow, fast = timed(scanned, 3), timed(found, 15)
        print(f"{word:<8}{found.count():>8,}{slow:>9,.1f} ms{fast:>9,.1f} ms{slow / fast:>7,.0f}×")
    for whose, seen in {"all": rows, "an officer's": rows.visible_to(User.objects.get(postings__isnull=False))}.items():
        spent = took(functools.partial(alike, SENTENCE, seen, most=24))
        print(f"similar cases of a sentence, {whose}: {1000 * spent:,.1f} ms")
    print(staff_search.find(rows, ASKED[0])[:50].explain(analyze=True))


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
