"""Files of every kind that is read, made here: small, whole, and each with the same report."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from email.message import EmailMessage

REPORT = "A bomb killed three people in Mosul on Tuesday."
PAGE = f"<!doctype html><html><head><title>Blast in Mosul</title></head><body><p>{REPORT}</p></body></html>"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(members, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def message(*, text=REPORT, markup=None, attachments=(), date="Thu, 08 Feb 2024 23:30:00 -0800"):
    mail = EmailMessage()
    mail["Subject"] = "Blast in Mösul"
    mail["From"] = "desk@news.example"
    mail["Message-ID"] = "<1@news.example>"
    if date:
        mail["Date"] = date
    if text is not None:
        mail.set_content(text)
        if markup is not None:
            mail.add_alternative(markup, subtype="html")
    else:
        mail.set_content(markup, subtype="html")
    for name, data in attachments:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(mail)


def warc(*records, packed=True):
    """Make a web archive of (address, status, media type, body)."""
    out = b""
    for number, (url, status, kind, body) in enumerate(records):
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number:032}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        record = head.encode() + answer + b"\r\n\r\n"
        out += gzip.compress(record) if packed else record
    return out


def docx(*paragraphs):
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return zipped({"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'})


def pdf(*paragraphs, info=""):
    """Make a PDF of one page; each paragraph is a list of lines, with a wider gap above it."""
    shown, height = [], 780
    for lines in paragraphs:
        for line in lines:
            escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            shown.append(f"1 0 0 1 72 {height} Tm ({escaped}) Tj")
            height -= 14
        height -= 14
    content = ("BT /F1 11 Tf " + "\n".join(shown) + " ET").encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        f"<< {info} >>".encode("latin-1"),
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    "<title>News</title>"
    "<item><title>Blast &amp;amp; fire</title><link>https://news.example/1</link>"
    "<pubDate>Thu, 08 Feb 2024 23:30:00 -0800</pubDate>"
    f"<description>Short</description><content:encoded><![CDATA[<p>{REPORT}</p><p>More.</p>]]></content:encoded></item>"
    "<item><title>Flood in Basra drowns two</title><guid>https://news.example/2</guid></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><title>Blast in Mosul</title>'
    '<link rel="self" href="https://news.example/self"/><link href="https://news.example/1"/>'
    "<updated>2024-02-09T00:00:00Z</updated><published>2024-02-08T10:00:00Z</published>"
    f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{REPORT}</p><p>More.</p></div></content>'
    "</entry></feed>"
)

WHOLE = {
    "report.txt": REPORT.encode(),
    "report.md": f"# Blast in Mosul\n\n{REPORT}".encode(),
    "report.html": PAGE.encode(),
    "report.eml": message(),
    "report.mbox": b"From desk Thu Feb  8 10:00:00 2024\n" + message(),
    "report.rss": RSS.encode(),
    "report.atom": ATOM.encode(),
    "report.csv": f"text,date\n{REPORT},2024-02-08\n".encode(),
    "report.tsv": f"text\tdate\n{REPORT}\t2024-02-08\n".encode(),
    "report.json": json.dumps([{"text": REPORT}]).encode(),
    "report.jsonl": json.dumps({"text": REPORT}).encode(),
    "report.jsonl.gz": gzip.compress(json.dumps({"text": REPORT}).encode()),
    "report.docx": docx("Blast in Mosul", REPORT),
    "report.zip": zipped({"in/report.txt": REPORT}),
    "report.tar": tarred({"in/report.txt": REPORT}),
    "report.tar.gz": tarred({"in/report.txt": REPORT}, "w:gz"),
    "report.pdf": pdf([REPORT]),
    "report.warc": warc(("https://news.example/1", "200 OK", "text/html", PAGE.encode()), packed=False),
    "report.warc.gz": warc(("https://news.example/1", "200 OK", "text/html", PAGE.encode())),
}
