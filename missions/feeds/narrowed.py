"""What a feed or a calendar is narrowed to: the conditions of a public list, by the same names."""

from urllib.parse import urlencode

from django.shortcuts import render

from missions.lists.view import shown

FIRST = ("body", "country")  # the oldest conditions of feeds, whose names for ever hold them in this order
PASSED_OVER = "utm_"  # what others add to addresses that they pass on


class Refused(Exception):
    """A condition is unknown, or its value cannot be understood: an empty feed would be followed in vain."""

    def __init__(self, problems, known):
        super().__init__("; ".join(problems))
        self.problems, self.known = problems, known


def narrowed(conditions, rows, request, besides=()):
    """The conditions of a list that the address names, over some rows. Raises ``Refused``."""
    unknown = [name for name in request.GET if not name.startswith(PASSED_OVER)]
    unknown = [name[:40] for name in unknown if name not in conditions.base_filters]
    if unknown:
        raise Refused(unknown, list(conditions.base_filters))
    found = conditions.of(request.GET, rows, request)
    if not found.is_valid():
        fields = found.form.fields
        said = [f"{fields[name].label}: {' '.join(errors)}" for name, errors in found.form.errors.items()]
        raise Refused(said, list(conditions.base_filters))
    return found


def in_force(found):
    """The names and values of the conditions in force, always in the same order."""
    names = sorted(found.form.fields, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    given = {name: found.form.data.get(name, "").strip() for name in names}
    return {name: value for name, value in given.items() if value}


def query_of(found):
    """The address's part that says what it is narrowed to; nothing where it is not."""
    values = in_force(found)
    return f"?{urlencode(values)}" if values else ""


def words_of(found):
    """What it is narrowed to, in the words of the reader."""
    chosen = found.form.cleaned_data
    rows = {name: getattr(chosen[name], "name", "") for name in in_force(found)}
    return [str(rows[name] or shown(found.form, name, text)) for name, text in in_force(found).items()]


def refusal(request, error, address):
    """The page that says why there is no such feed or calendar, and leads to the list behind it."""
    context = {"problems": error.problems, "known": error.known, "address": address}
    answer = render(request, "missions/feed_refused.html", context, status=404)
    answer.says_why = True  # so that a development machine shows it too
    return answer
