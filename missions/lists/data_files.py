"""Whole data sets for programs: a file each, in both languages under stable names, and all of them in one archive.

They are made in parts, so that no download needs more memory than a few hundred records.
"""

import csv
import io
import json
import zipfile
from itertools import islice

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from missions.lists.columns import LANGUAGES, for_programs
from missions.lists.csv_files import CHUNK, harmless, terms
from missions.lists.data_sets import DATA_SETS


def lines(data, absolute):
    """The file of a data set, in parts. ``absolute`` makes a path a whole address."""
    yield _csv([data.fields])
    rows = iter(data.rows().iterator(chunk_size=CHUNK))
    while part := list(islice(rows, CHUNK)):
        records = for_programs(data.columns, part, absolute)
        yield _csv([column.cell(record[name]) for name, column in data.fields.items()] for record in records)


def _csv(rows):
    text = io.StringIO()
    csv.writer(text).writerows([harmless(value) for value in row] for row in rows)
    return text.getvalue().encode()


class _Sent:
    """A file that is written on one side and read on the other."""

    def __init__(self):
        self.parts = []

    def write(self, part):
        """Keep what is to be sent."""
        self.parts.append(bytes(part))
        return len(part)

    def flush(self):
        """Nothing waits."""

    def taken(self):
        """What was written since it was asked last."""
        found, self.parts = b"".join(self.parts), []
        return found


def archive(absolute, package):
    """All files with their description, as the parts of a ZIP file. The same records give the same bytes all day."""
    sent, today = _Sent(), timezone.localdate()
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as whole:
        texts = {"README.txt": readme(today), "datapackage.json": json.dumps(package, ensure_ascii=False, indent=1)}
        for name, text in texts.items():
            whole.writestr(_entry(name, today), text)
            yield sent.taken()
        for data in DATA_SETS.values():
            with whole.open(_entry(f"{data.name}.csv", today), "w", force_zip64=True) as file:
                for part in lines(data, absolute):
                    file.write(part)
                    yield sent.taken()
    yield sent.taken()


def _entry(name, day):
    entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return entry


def readme(day):
    """What is in the archive and on what terms it may be used, in both languages."""
    told = terms()
    parts = []
    for language in LANGUAGES:
        with override(language):
            parts += [
                _("SME support bodies at missions abroad"),
                _("State of %(day)s. datapackage.json says what stands in each column.") % {"day": day.isoformat()},
                f"{_('Licence')}: {told[f'name_{language}']} {settings.OPEN_LICENCE_URL}".rstrip(),
                f"{_('Source to be named')}: {told[f'source_to_be_named_{language}']}",
                "",
            ]
    return "\r\n".join(parts)
