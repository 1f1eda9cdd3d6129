"""The door for text: what is typed, pasted, chosen or loaded comes in in one spelling, with nothing hidden.

``portal.middleware.TextsAtTheDoor`` brings in what a browser sends, ``Tidy`` what is written into a record by any way,
``missions.loading.files`` the data files. ``docs/adr/0031-text-at-the-door.md`` says what was weighed.
"""

import re
import unicodedata

LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Spaces of typesetting, the wide space of East Asian keyboards, and the empty cell of Braille.
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
# Control signs, signs of direction, marks of byte order, empty Hangul letters, tags, and codes that are no character.
HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
# Joiners shape emoji, and letters of Arabic, Indian and South-East Asian scripts. Elsewhere they only hide.
NEEDLESS_JOINER = re.compile(
    "(?<![\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)
SPACES_AT_END = re.compile(r"[ \t]+$", re.MULTILINE)


def tidy(text):
    """A text in Unicode's composed form (NFC), with one kind of space and of line end, and without hidden signs.

    A text of nothing that can be seen becomes empty. Wide and narrow letters stay as they are: a text is quoted as it
    was written, and whatever compares texts looks past their width.
    """
    if text.isascii() and text.isprintable():
        return text
    text = SPACES.sub(" ", HIDDEN.sub("", LINE_ENDS.sub("\n", text)))
    text = unicodedata.normalize("NFC", NEEDLESS_JOINER.sub("", text))
    return text if any(map(_is_seen, text)) or not text.strip() else ""


def one_line(text):
    """A text of one line: tidy, with single spaces between its words and none around it."""
    return " ".join(tidy(text).split())


def lines(text):
    """A text of several lines: tidy, without spaces at the ends of lines and around all of it."""
    return SPACES_AT_END.sub("", tidy(text)).strip()


def _is_seen(character):
    """Whether a character shows something by itself, as spaces, marks on other letters and joiners do not."""
    category = unicodedata.category(character)
    return category[0] not in "ZM" and category not in ("Cc", "Cf", "Cs")
