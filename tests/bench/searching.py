"""Words of two syllables among the published cases of ``DATABASE_URL``: the index of the search beside ILIKE."""

import statistics

import django

from tests.search_speed import ASKED, took

NAMED = ["country__name", "type__name", "sector__name"]
COLUMNS = [
    *("reference", "country__other_names", "type__other_names"),
    *(f"{name}_{language}" for name in ["title", "happened", "done", "lesson", *NAMED] for language in ("ko", "en")),
]


def main():
    """Print a line for each word: its hits, both times, their ratio."""
    from django.db.models import Q

    from missions.fields.capped import MOST
    from missions.models import PublishedCase
    from missions.search.public import narrow

    rows = PublishedCase.objects.published()
    head = f"{'word':<8}{'hits':>8}{'ILIKE, all counted':>20}{'ILIKE to 1,000':>16}{'search':>12}{'ratios':>14}"
    print(f"\n{rows.count():,} cases\n{head}")
    for word in ASKED:
        either = Q()
        for column in COLUMNS:
            either |= Q(**{f"{column}__icontains": word})
        scanned, found = rows.filter(either), narrow(rows, word, {})
        hits = scanned.count()
        newest = [set(answer.values_list("pk", flat=True)[: MOST + 1]) for answer in (scanned, found)]
        assert newest[0] == newest[1], word
        whole, capped, fast = timed(scanned, None, 3), timed(scanned, MOST + 1, 3), timed(found, MOST + 1, 7)
        print(
            f"{word:<8}{hits:>8,}{whole:>17,.1f} ms{capped:>13,.1f} ms{fast:>9,.1f} ms"
            f"{whole / fast:>6,.0f}×{capped / fast:>6,.0f}×",
            flush=True,
        )


def timed(rows, most, rounds):
    """Milliseconds of what a list asks: how many there are, up to some or all, and its first page; the median."""

    def ask():
        rows.order_by()[:most].count()
        list(rows.all()[:20])

    return 1000 * statistics.median(took(ask) for _ in range(rounds))


if __name__ == "__main__":
    django.setup()
    main()
