"""What helped before: who acted in cases that ended well, by what, how often, and how long these took."""

from collections import Counter
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Case:
    """A case that ended well: its record, how long it took (in the unit of its caller; None where unknown).

    ``shared`` says in words what else than its type it has in common with the one that is looked at.
    """

    record: object
    took: int | None = None
    shared: tuple = ()


@dataclass(frozen=True)
class Help:
    """An organisation, a kind of action or a scheme that helped, with the cases: those that share the most first.

    ``how`` are the ways in which it did, the most usual first. ``is_near`` says that it is at hand, whatever it did.
    """

    what: object
    cases: list
    how: list
    is_near: bool = False

    @property
    def often(self):
        """In how many cases."""
        return len(self.cases)

    @property
    def took(self):
        """How long half of these cases took at most; None where that is known of none."""
        return usual(self.cases)

    @property
    def shared(self):
        """Pairs of what its cases share with the one that is looked at, and how many do."""
        return Counter(words for case in self.cases for words in case.shared).most_common()

    @property
    def examples(self):
        """A few of its cases."""
        return self.cases[:3]


def usual(cases):
    """How long half of some cases took at most: their median, rounded; None where that is known of none."""
    known = [case.took for case in cases if case.took is not None]
    return round(median(known)) if known else None


def gathered(cases, told, near=frozenset()):
    """Who or what helped, the best first: at hand, then by the number of cases and what these share.

    ``cases`` by their keys; ``told`` are triples of a case's key, what helped in it, and how.
    """
    found, ways = {}, {}
    for key, what, how in told:
        found.setdefault(what, set()).add(key)
        ways.setdefault(what, Counter()).update([how] if how else [])
    helps = [
        Help(
            what,
            sorted((cases[key] for key in keys), key=lambda case: -len(case.shared)),
            [how for how, _count in ways[what].most_common()],
            what in near,
        )
        for what, keys in found.items()
    ]
    return sorted(helps, key=_weight)


def _weight(help_):
    shared = sum(len(case.shared) for case in help_.cases)
    return not help_.is_near, -(help_.often + shared), str(help_.what)
