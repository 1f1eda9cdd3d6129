"""What the page of the search offers where no record has every word: the hits of each word, and what it may mean."""

from missions.search.kinds import KINDS
from missions.search.public import Asked
from missions.search.results import Found, printed_results
from missions.search.tokens import parts

MOST_WORDS = 4
FEW = 3


def by_word(asked, most=MOST_WORDS):
    """What each of several words finds by itself, the rarest word first; nothing for a single word.

    Of each the best hits are shown, kind by kind.
    """
    words = parts(asked.text)[:most]
    if len(words) < 2:
        return []
    entries = {word: list(Asked(word, asked.chosen).few_of_each(KINDS.values(), 1)) for word in words}
    order = list(KINDS)
    best = {word: sorted(found, key=lambda entry: order.index(entry.kind))[:FEW] for word, found in entries.items()}
    hits = printed_results([entry for found in best.values() for entry in found], asked.text)
    shares = [
        Found(
            word,
            sum(entry.found for entry in entries[word]),
            [hits[key] for entry in found if (key := (entry.kind, entry.record)) in hits],
        )
        for word, found in best.items()
    ]
    return sorted((share for share in shares if share.hits), key=lambda share: share.found)
