"""The status codes of a difficulty and of its further reports: issued, printed, ended."""

from django.utils import timezone

from missions.fields import status_codes
from missions.models import StatusCode


def issue(difficulty, by, report=None):
    """Give a report another code; the one in use ends. To be called in a transaction that holds the difficulty."""
    end(difficulty, by, report)
    seed = status_codes.new_seed()
    code = status_codes.codes_of(seed)[0]
    return StatusCode.objects.create(
        difficulty=difficulty,
        report=report,
        seed=seed,
        digest=status_codes.digest(code),
        issued_at=timezone.now(),
        issued_by=by,
    )


def end(difficulty, by, report=None):
    """End the code that a report has in use. Returns whether there was one."""
    return bool(in_use(difficulty, report).update(ended_at=timezone.now(), ended_by=by))


def in_use(difficulty, report=None):
    """The code of a report that tells something, as a query of one row at most."""
    return StatusCode.objects.filter(difficulty=difficulty, report=report, ended_at=None)


def printed(difficulty, report=None):
    """The code in use as it is printed; an empty text where there is none, or its key is gone from the settings."""
    row = in_use(difficulty, report).first()
    codes = status_codes.codes_of(row.seed) if row else []
    known = [code for code in codes if row.digest in status_codes.digests(code)]
    return status_codes.grouped(known[0]) if known else ""
