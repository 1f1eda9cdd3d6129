"""How content leaves: as a download, whatever its kind."""

from django.http import FileResponse


def as_download(content, described):
    """An answer that a browser saves and never shows. ``described`` has name, size and media type."""
    return FileResponse(
        content,
        as_attachment=True,
        filename=described.name,
        content_type=described.media_type,
        headers={"Content-Length": described.size, "X-Content-Type-Options": "nosniff"},
    )
