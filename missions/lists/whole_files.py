"""Files that are sent whole or not at all: made to the end before the head of the answer is sent.

Sent while it is made, a file ends where an error happens, and a reader takes half of it for all. So an error is a page
of its own, and a connection that breaks later is noticed by the length that was announced.
"""

import io
import tempfile

from django.http import StreamingHttpResponse

IN_MEMORY = 1024 * 1024  # bytes; what is longer goes to a temporary file
PIECE = 64 * 1024


class _Whole:
    """A file from its beginning to its end, closed with the answer."""

    def __init__(self, file):
        self.file, self.close = file, file.close

    def __iter__(self):
        while piece := self.file.read(PIECE):
            yield piece


def sent_whole(request, parts, content_type):
    """The answer with a file of these parts, which are bytes. For its head alone no part is made."""
    if request.method == "HEAD":
        return StreamingHttpResponse((), content_type=content_type)
    file = io.BytesIO()
    try:
        for part in parts:
            file.write(part)
            if isinstance(file, io.BytesIO) and file.tell() > IN_MEMORY:
                file = _on_disk(file)
    except BaseException:
        file.close()
        raise
    length = file.tell()
    file.seek(0)
    return StreamingHttpResponse(_Whole(file), content_type=content_type, headers={"Content-Length": str(length)})


def _on_disk(file):
    """The same in a temporary file, which is gone when it is closed."""
    longer = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    longer.write(file.getbuffer())
    return longer
