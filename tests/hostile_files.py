"""Malformed inputs by the hundred, made from whole ones: the same for the same seed, each with a name that says what it is."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import random
import tarfile
import zipfile

from source_files import PAGE, REPORT, RSS, WHOLE, message, tarred, warc, zipped

GOOD = "A bomb killed three people in Mosul on Tuesday, good report number {number}."


def malformed(seed, count):
    """Give `count` pairs of a file name and bytes: nothing in them is to be trusted."""
    rng = random.Random(seed)
    makers = (_cut, _flipped, _spliced, _mistaken, _random, _recoded, _nested, _bomb, _huge_line, _deep, _odd)
    for number in range(count):
        maker = makers[number % len(makers)]
        name, data = maker(rng)
        yield f"{number:04}-{maker.__name__.strip('_')}-{name}", data


def _any(rng):
    return rng.choice(sorted(WHOLE.items()))


def _cut(rng):
    name, data = _any(rng)
    return name, data[: rng.randrange(len(data))]


def _flipped(rng):
    name, data = _any(rng)
    broken = bytearray(data)
    for _ in range(rng.randint(1, 20)):
        broken[rng.randrange(len(broken))] = rng.randrange(256)
    return name, bytes(broken)


def _spliced(rng):
    (name, data), (_, other) = _any(rng), _any(rng)
    at = rng.randrange(len(data))
    return name, data[:at] + other[rng.randrange(len(other)) :] + data[at:]


def _mistaken(rng):
    (name, _), (_, data) = _any(rng), _any(rng)
    return name, data


def _random(rng):
    name, data = _any(rng)
    return name, data[: rng.choice((0, 4, 16, 300))] + rng.randbytes(rng.choice((0, 1, 100, 5_000)))


def _recoded(rng):
    name = rng.choice(("r.txt", "r.html", "r.csv", "r.jsonl", "r.json", "r.eml", "r.rss", "r.md", "r.xml"))
    text = {"r.html": PAGE, "r.rss": RSS, "r.json": json.dumps([{"text": REPORT}]), "r.csv": f"text\n{REPORT}\n"}.get(
        name, REPORT
    )
    codec = rng.choice(("utf-16", "utf-16-be", "utf-32", "utf-7", "cp1256", "koi8-r", "shift-jis", "cp037"))
    return name, (text + " قتل Пожар 火事 \ud800").encode(codec, errors="replace")


def _nested(rng):
    data, name = REPORT.encode(), "r.txt"
    for _ in range(rng.randint(1, 8)):
        kind = rng.choice(("zip", "tar", "tgz", "gz", "eml", "warc"))
        if kind == "zip":
            data, name = zipped({name: data, "other.txt": REPORT}), "in.zip"
        elif kind == "tar":
            data, name = tarred({name: data}), "in.tar"
        elif kind == "tgz":
            data, name = tarred({name: data}, "w:gz"), "in.tgz"
        elif kind == "gz":
            data, name = gzip.compress(data), f"{name}.gz"
        elif kind == "eml":
            data, name = message(attachments=[(name, data)]), "in.eml"
        else:
            data, name = warc(("https://n.example/" + name, "200 OK", "application/pdf", data)), "in.warc.gz"
    return name, data


def _bomb(rng):
    filler = rng.choice((b"A", b"\n", b"\0", b"x\n", b'{"text": "One died."}\n', b"<div>", b"&amp;", b'"', b"a,"))
    size = rng.choice((3_000_000, 3_000_000, 25_000_000))
    inner = filler * (size // len(filler))
    kind = rng.choice(("gz", "bz2", "zip", "tgz", "warc", "docx", "sparse"))
    suffix = rng.choice(("txt", "jsonl", "csv", "html", "json", "eml", "mbox", "xml", "pdf"))
    if kind == "gz":
        return f"r.{suffix}.gz", gzip.compress(inner, 1)
    if kind == "bz2":
        return f"r.{suffix}.bz2", bz2.compress(inner)
    if kind == "zip":
        return "r.zip", zipped({f"r.{suffix}": inner, "good.txt": REPORT})
    if kind == "tgz":
        return "r.tgz", tarred({f"r.{suffix}": inner}, "w:gz")
    if kind == "warc":
        return "r.warc.gz", warc(("https://n.example/", "200 OK", "text/html", inner))
    if kind == "docx":
        return "r.docx", zipped({"word/document.xml": b"<a>" + inner})
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo("r.txt")
        member.size = 1 << 40  # and nothing of it is there
        archive.addfile(member)
    return "r.tar", out.getvalue()


def _huge_line(rng):
    suffix = rng.choice(("txt", "jsonl", "csv", "json", "eml", "mbox", "html", "rss", "md"))
    before = {
        "jsonl": '{"text": "',
        "json": '[{"text": "',
        "csv": 'text\n"',
        "eml": "Subject: ",
        "mbox": "From a\nSubject: ",
    }
    unit = rng.choice(("A", "Mosul ", "(", '"', "<", ",", "[", "{", "January ", "1,", "=?utf-8?q?", "&lt;", "\\", "é"))
    return f"r.{suffix}", (before.get(suffix, "") + unit * (1_000_000 // len(unit))).encode()


def _deep(rng):
    depth = rng.choice((300, 5_000, 100_000))
    kind = rng.choice(("html", "rss", "json", "jsonl", "eml", "docx", "md"))
    if kind in {"html", "md"}:
        return f"r.{kind}", ("<html><body>" + "<div>" * depth + REPORT + "</div>" * depth).encode()
    if kind == "rss":
        return "r.rss", ("<rss><channel><item><title>" + "<b>" * depth + REPORT).encode()
    if kind in {"json", "jsonl"}:
        return f"r.{kind}", ("[" * depth if kind == "json" else '{"a":' * depth).encode()
    if kind == "docx":
        return "r.docx", zipped({"word/document.xml": b"<a>" * depth})
    depth = min(depth, 3_000)
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n' for level in range(depth))
    return "r.eml", ("Subject: deep\n" + parts + "\n" + REPORT).encode()


def _odd(rng):
    name, data = rng.choice(
        (
            ("r.csv", b'text,date\n"never closed,\n' + b"x,y\n" * 1_000),
            ("r.csv", b"text\n" + b"\0" * 10_000),
            ("r.csv", b"," * 100_000),
            (
                "r.rss",
                b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss><item><title>&e;</title></item></rss>',
            ),
            ("r.rss", b"<rss>" + b"<item/>" * 20_000),
            ("r.eml", b"Content-Type: text/plain; charset=punycode\nSubject: x\n\n" + b"\xff" * 50_000),
            ("r.eml", b"Content-Transfer-Encoding: base64\nSubject: x\n\n" + b"=" * 50_000),
            ("r.mbox", b"From a\n\n" * 5_000),
            ("r.md", b"---\n" + b"a: " * 30_000),
            ("r.zip", zipped({"../" * 50 + "a.txt": REPORT, "a\\..\\b.txt": REPORT, "\x1b[31m.txt": b""})),
            ("r.zip", zipped({f"{number}.txt": "" for number in range(200)}, zipfile.ZIP_STORED)),
            ("r.warc", b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n"),
            ("r.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"),
            ("r.pdf", b"%PDF-1.7\n1 0 obj << /Length 99999999 >> stream\n"),
            ("r.pdf", WHOLE["report.pdf"].replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")),
            ("r.parquet", b"PAR1" + b"\xff" * 100 + b"PAR1"),
        )
    )
    return name, data
