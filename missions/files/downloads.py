"""How content leaves: as a download, whatever its kind."""

from urllib.parse import quote

from django.http import FileResponse

from missions.files.names import cleaned


def saved_as(name, plain):
    """The header by which a browser saves an answer: under a name in the words of its reader.

    ``plain`` is a name in ASCII, for what does not know the other one (RFC 6266), and for readers of English.
    """
    header = f'attachment; filename="{plain}"'
    return header if name.isascii() else f"{header}; filename*=UTF-8''{quote(cleaned(name), safe='')}"


def as_download(content, described):
    """An answer that a browser saves and never shows. ``described`` has name, size and media type."""
    return FileResponse(
        content,
        as_attachment=True,
        filename=described.name,
        content_type=described.media_type,
        headers={"Content-Length": described.size, "X-Content-Type-Options": "nosniff"},
    )
