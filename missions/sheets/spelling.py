"""The text of files that spreadsheets write as CSV, however its letters are spelt."""

from django.utils.translation import gettext as _

UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(Exception):
    """A file of which no line can be read. The message says what helps."""


def decoded(content):
    """The text of a file in UTF-8, UTF-16 or CP949. Raises ``Unreadable``."""
    spellings = ["utf-16"] if content.startswith(UTF16) else ["utf-8-sig", "cp949"]
    for spelling in spellings:
        try:
            text = content.decode(spelling)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(_("The letters of the file cannot be read. Save it as “CSV UTF-8 (쉼표로 분리)”."))


def delimiter(text):
    """What stands between the cells of a line: a comma, a semicolon or a tab."""
    return max(",;\t", key=text.partition("\n")[0].count)
