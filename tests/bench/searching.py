"""Words of two syllables among the published cases of ``DATABASE_URL``: the index of the search beside ILIKE."""

import django

from tests.search_speed import ASKED, timed

COLUMNS = ["happened_ko", "done_ko"]


def main():
    """Print a line for each word: its hits, both times, their ratio."""
    from django.db.models import Q

    from missions import search
    from missions.models import PublishedCase

    rows = PublishedCase.objects.published()
    print(f"\n{rows.count():,} cases\n{'word':<8}{'hits':>8}{'ILIKE':>13}{'search':>12}{'ratio':>8}")
    for word in ASKED:
        either = Q()
        for column in COLUMNS:
            either |= Q(**{f"{column}__icontains": word})
        scanned, found = rows.filter(either), search.find(rows, word)
        assert set(scanned.values_list("pk", flat=True)) == set(found.values_list("pk", flat=True)), word
        slow, fast = timed(scanned.order_by("-pk"), 3), timed(found, 7)
        print(f"{word:<8}{found.count():>8,}{slow:>10,.1f} ms{fast:>9,.1f} ms{slow / fast:>7,.0f}×", flush=True)


if __name__ == "__main__":
    django.setup()
    main()
