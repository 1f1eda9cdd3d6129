"""Small files of every kind that is taken, and hostile ones, made by hand: each has the one thing that is wrong."""

import io
import struct
import zipfile
import zlib
from itertools import pairwise

OOXML = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document", "<document><body><p>글</p></body></document>"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet", "<workbook><sheets/></workbook>"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation", "<presentation/>"),
}
RELATION = '<Relationship Id="r1" Type="http://x/{}" Target="{}" TargetMode="External"/>'
SCRIPT = "function OnDocument_New()\r\n{\r\n\t//todo : \r\n}\r\n"


def zipped(parts, *, method=zipfile.ZIP_DEFLATED):
    """A ZIP container of parts: names with their content."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return file.getvalue()


def office(kind="docx", parts=(), *, main=None, types="", relations=""):
    """A document of Word, Excel or PowerPoint with further parts."""
    name, family, body = MAIN[kind]
    content_type = main or f"{OOXML}{family}.main+xml"
    listed = f'<Override PartName="/{name}" ContentType="{content_type}"/>{types}'
    own = {
        "[Content_Types].xml": f'<Types xmlns="t">{listed}</Types>',
        "_rels/.rels": f'<Relationships xmlns="r">{relations}</Relationships>',
        name: body,
    }
    return zipped(own | dict(parts))


def hwpx(parts=(), mimetype="application/hwp+zip"):
    own = {"mimetype": mimetype, "Contents/content.hpf": "<package/>", "Scripts/sourceScripts": SCRIPT}
    return zipped(own | dict(parts))


def pdf(objects="", end="%%EOF\n"):
    """A PDF with further objects."""
    body = f"%PDF-1.7\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n{objects}\n"
    return f"{body}trailer\n<</Root 1 0 R>>\nstartxref\n{len(body)}\n{end}".encode()


def packed_pdf(hidden):
    """A PDF that has objects packed into a stream."""
    stream = zlib.compress(hidden.encode())
    head = f"3 0 obj\n<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {len(stream)}>>\nstream\n"
    return pdf().replace(b"trailer", head.encode() + stream + b"\nendstream\nendobj\ntrailer")


def chunk(name, content=b""):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(*further, width=1, height=1):
    """A picture of one grey pixel, with further chunks."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\x80"))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(further) + pixels + chunk(b"IEND")


def segment(mark, content):
    return b"\xff" + bytes([mark]) + struct.pack(">H", len(content) + 2) + content


def jpeg(*further, tail=b""):
    """A picture as a camera lays it out, with further segments before it."""
    start = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    frame = segment(0xC0, struct.pack(">BHHB", 8, 1, 1, 1) + b"\1\x11\0")
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\0\x34"
    tables = segment(0xDB, bytes(65)) + segment(0xC4, b"\0" + bytes(17))
    return b"\xff\xd8" + start + b"".join(further) + tables + frame + scan + b"\xff\xd9" + tail


def exif(turned=6, place=b"37.5N"):
    """What a camera writes beside a picture: how it is turned, and where it was taken."""
    told = b"II*\0" + struct.pack("<IHHHII", 8, 1, 0x0112, 3, 1, turned) + struct.pack("<I", 0) + place
    return segment(0xE1, b"Exif\0\0" + told)


def compound(streams, *, tail=b""):
    """A compound file of streams: paths of at most one folder with their content, each in sectors of its own."""
    free, end, fat_sector, sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 512
    entries, data, fat = [], b"", []

    def put(content):
        nonlocal data
        content = content.ljust(
            max(-(-len(content) // sector) * sector, 4096 if content is not folder else sector), b"\0"
        )
        first, count = len(fat), len(content) // sector
        fat.extend([*range(first + 1, first + count), end])
        data += content
        return first

    folder = b""
    paths = {}
    for path, content in streams.items():
        head, _slash, name = path.rpartition("/")
        if head and head not in paths:
            paths[head] = len(entries) + 1
            entries.append([head, 1, free, free, 0, 0])
        first = put(content)
        entries.append([name, 2, free, free, first, max(len(content), 4096)])
        paths[path] = len(entries)
    below = {}
    for path, number in paths.items():
        below.setdefault(path.rpartition("/")[0], []).append(number)
    for numbers in below.values():  # a tree that leans to the right; readers that only walk it take it
        for number, after in pairwise(numbers):
            entries[number - 1][2] = after
    for head, numbers in below.items():
        if head:
            entries[paths[head] - 1][3] = numbers[0]
    root = ["Root Entry", 5, free, below[""][0], end, 0]

    def entry(name, kind, after, child, first, size):
        letters = name.encode("utf-16-le")
        head = letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters) + 2, kind, 1)
        return head + struct.pack("<III", free, after, child) + bytes(36) + struct.pack("<IQ", first, size)

    folder = b"".join(entry(*each) for each in [root, *entries])
    first = put(folder)
    fat_at, tables = len(fat), -(-(len(fat) + 2) // (sector // 4 - 1))
    fat.extend([fat_sector] * tables)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(sector * tables, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, first, 0, 4096, end, 0, end, 0)
    header += struct.pack(f"<{tables}I", *range(fat_at, fat_at + tables))
    return header.ljust(sector, b"\xff") + data + table + tail


def deflated(content):
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(content) + packing.flush()


def script(source=SCRIPT):
    """The stream of a script of Hangul."""
    texts = ["var Documents = XHwpDocuments;\r\n", source, "", ""]
    return deflated(b"".join(struct.pack("<I", len(t)) + t.encode("utf-16-le") for t in texts) + b"\xff\xff\xff\xff")


def hwp(streams=(), *, flags=1, tail=b""):
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05000300, flags)
    own = {"FileHeader": header.ljust(256, b"\0"), "DocInfo": deflated(b"info"), "Scripts/DefaultJScript": script()}
    return compound(own | dict(streams), tail=tail)


GOOD = {
    "letter.pdf": pdf(),
    "letter.docx": office(),
    "list.xlsx": office("xlsx"),
    "slides.pptx": office("pptx", {"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": office("xlsx")}),
    "공문.hwp": hwp({"BinData/BIN0001.jpg": deflated(jpeg())}),
    "공문.hwpx": hwpx(),
    "photo.png": png(),
    "photo.JPEG": jpeg(exif()),
}
NESTED = zipped({f"{n}.zip": zipped({"0": bytes(1024 * 1024)}) for n in range(3)})
DTD = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


def _prefixed():
    return b"GIF89a junk" + office()


def _locked():
    content = bytearray(office())
    content[6] |= 1  # the flag of the first part, and of its line in the list below
    at = content.find(b"PK\1\2")
    content[at + 8] |= 1
    return bytes(content)


def _twice():
    file = io.BytesIO(office())
    with zipfile.ZipFile(file, "a") as container:
        container.writestr("WORD/document.xml", "<document/>")
    return file.getvalue()


# By what is wrong: how the file is called, its content (or what makes it), and a word of the reason.
HOSTILE = {
    "an empty file": ("empty.pdf", b"", "비어"),
    "a program": ("setup.exe", b"MZ\x90\0" + bytes(99), "받는 파일"),
    "a program named pdf": ("bill.pdf", b"MZ\x90\0" + bytes(2000), "내용"),
    "a program behind a direction sign": ("bill\u202efdp.exe", b"MZ\x90\0" + bytes(99), "받는 파일"),
    "an archive": ("all.zip", zipped({"a.txt": "글"}), "풀어"),
    "an archive named hwp": ("doc.hwp", zipped({"a.txt": "글"}), "내용"),
    "a picture that is a script (svg)": ("photo.svg", b"<svg onload='alert(1)'/>", "PNG"),
    "svg named png": ("photo.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "내용"),
    "html named png": ("photo.png", b"<!doctype html><script>alert(1)</script>", "내용"),
    "a pdf named docx": ("letter.docx", pdf(), "확장자"),
    "a pdf that begins later": ("letter.pdf", b"GIF89a\n" + pdf(), "앞이나 뒤"),
    "a pdf with an archive behind it": ("letter.pdf", pdf() + zipped({"a": "b"}), "앞이나 뒤"),
    "a pdf cut off": ("letter.pdf", pdf()[:60], "손상"),
    "a pdf with a script": ("letter.pdf", pdf("4 0 obj\n<</S /JavaScript /JS (app.alert(1))>>\nendobj"), "스크립트"),
    "a pdf with a script under another spelling": ("a.pdf", pdf("4 0 obj\n<</S /J#61vaScript>>\nendobj"), "스크립트"),
    "a pdf with a script in a packed object": ("a.pdf", packed_pdf("4 0 <</S /Launch /F (cmd.exe)>>"), "스크립트"),
    "a pdf that packs without end": ("a.pdf", lambda: packed_pdf("0" * 110_000_000), "압축 폭탄"),
    "a pdf that hides how it is packed": ("a.pdf", pdf("4 0 obj\n<</Type /Obj#53tm>>\nendobj"), "특이한"),
    "a pdf that holds files": ("a.pdf", pdf("4 0 obj\n<</Type /EmbeddedFile>>\nendobj"), "다른 파일"),
    "a pdf with a password": ("a.pdf", pdf("4 0 obj\n<</Encrypt 5 0 R>>\nendobj"), "암호"),
    "a docm under the name of a docx": (
        "a.docx",
        office(main="application/vnd.ms-word.document.macroEnabled.main+xml"),
        "매크로",
    ),
    "a docx with macros": ("a.docx", office(parts={"word/vbaProject.bin": b"VBA"}), "매크로"),
    "an xlsx with macros of old": ("a.xlsx", office("xlsx", {"xl/macrosheets/sheet1.xml": "<a/>"}), "매크로"),
    "an embedded sheet with macros": (
        "a.pptx",
        office("pptx", {"ppt/embeddings/a.xlsx": office("xlsx", {"xl/vbaProject.bin": b"VBA"})}),
        "매크로",
    ),
    "a docx that fetches its template": (
        "a.docx",
        office(
            parts={"word/_rels/settings.xml.rels": f"<R>{RELATION.format('attachedTemplate', 'https://e/x.dotm')}</R>"}
        ),
        "외부",
    ),
    "a docx with a link to a file": (
        "a.docx",
        office(relations=RELATION.format("hyperlink", "file://e/share/a.exe")),
        "외부",
    ),
    "a docx with a field that starts something": (
        "a.docx",
        office(parts={"word/header1.xml": "<h><instrText>DD</instrText><instrText>EAUTO c:\\cmd</instrText></h>"}),
        "필드",
    ),
    "a docx with an object of a program": ("a.docx", office(parts={"word/embeddings/oleObject1.bin": b"x"}), "개체"),
    "a docx with a program in it": ("a.docx", office(parts={"word/media/image1.png": b"MZ\x90\0"}), "실행 파일"),
    "an xlsx whose words swell": ("a.xlsx", office("xlsx", {"xl/sharedStrings.xml": DTD}), "문서 유형"),
    "a bomb": ("a.xlsx", lambda: office("xlsx", {"xl/a.xml": bytes(40 * 2**20)}), "압축 폭탄"),
    "a bomb in an archive in a docx": ("a.docx", office(parts={"word/a.xml": NESTED}), "압축 파일"),
    "more parts than any document": (
        "a.docx",
        office(parts={f"word/{n}.xml": "<a/>" for n in range(3001)}),
        "압축 폭탄",
    ),
    "a name that leads out of the archive": ("a.docx", office(parts={"../../etc/cron.d/a": "x"}), "이름"),
    "a part that is there twice": ("a.docx", _twice(), "이름"),
    "a docx behind a picture": ("a.docx", _prefixed(), "내용"),
    "a docx before a picture": ("a.docx", office() + png(), "앞이나 뒤"),
    "a docx with a password": ("a.docx", _locked(), "암호"),
    "a docx with a password, as Office makes it": ("a.docx", compound({"EncryptedPackage": bytes(99)}), "암호"),
    "a docx packed in another way": (
        "a.docx",
        zipped({"[Content_Types].xml": "<a/>"}, method=zipfile.ZIP_BZIP2),
        "특이한",
    ),
    "a docx cut off": ("a.docx", office()[:-30], "손상"),
    "a hwpx with a script": (
        "a.hwpx",
        hwpx({"Scripts/sourceScripts": "function OnDocument_Open(){run('cmd')}"}),
        "매크로",
    ),
    "a hwpx with an object": ("a.hwpx", hwpx({"BinData/ole1.ole": b"x"}), "개체"),
    "a hwpx of another kind": ("a.hwpx", hwpx(mimetype="application/epub+zip"), "내용"),
    "a hwp with a script": (
        "a.hwp",
        hwp({"Scripts/DefaultJScript": script("function OnDocument_Open(){x()}")}),
        "매크로",
    ),
    "a hwp with macros": ("a.hwp", hwp({"VBA/dir": b"x"}), "매크로"),
    "a hwp with a program": ("a.hwp", hwp({"BinData/BIN0001.OLE": deflated(b"MZ\x90\0" + bytes(99))}), "실행 파일"),
    "a hwp that unpacks without end": (
        "a.hwp",
        lambda: hwp({"BinData/BIN0001.bmp": deflated(bytes(101 * 2**20))}),
        "압축 폭탄",
    ),
    "a hwp with a password": ("a.hwp", hwp(flags=3), "암호"),
    "a hwp with an archive behind it": ("a.hwp", hwp(tail=zipped({"a": "b"}).ljust(51200, b"\0")), "앞이나 뒤"),
    "a hwp cut off": ("a.hwp", hwp()[:3000], "손상"),
    "a doc under the name of a hwp": ("a.hwp", compound({"WordDocument": bytes(99)}), "내용"),
    "a png with an archive behind it": ("a.png", png() + zipped({"a": "b"}), "앞이나 뒤"),
    "a png cut off": ("a.png", png()[:-4], "손상"),
    "a png of more pixels than any memory": ("a.png", png(width=60_000, height=60_000), "화소"),
    "a jpeg with an archive behind it": ("a.jpg", jpeg(tail=zipped({"a": "b"})), "앞이나 뒤"),
    "a jpeg with a page behind it": ("a.jpg", jpeg(tail=b"\0\0<script>alert(1)</script>SEFT"), "앞이나 뒤"),
    "a jpeg cut off": ("a.jpg", jpeg()[:-2], "손상"),
}
