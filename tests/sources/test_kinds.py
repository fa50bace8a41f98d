from __future__ import annotations

import bz2
import dataclasses
import datetime as dt
import gzip
import io
import json
import logging
import sys
import tarfile
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from source_files import PAGE, REPORT, WHOLE, docx, message, pdf, tarred, warc, zipped

from mapper.records import Document, Failure
from mapper.sources import Columns, Reading, read
from mapper.sources.inputs import Budget


@pytest.fixture
def give(tmp_path):
    def write(name, content, **reading):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        found = list(read(path, reading=Reading(**reading)))
        return [shortened(item, str(path)) for item in found]

    return write


def shortened(item, path):
    # Sources are shown without the folder of the test.
    return dataclasses.replace(item, source=item.source.replace(path, path.rpartition("/")[2]))


@pytest.mark.parametrize("name", WHOLE)
def test_every_kind_is_read(give, name):
    found = give(name, WHOLE[name])
    assert REPORT in found[0].text
    assert all(isinstance(item, Document) for item in found)


_BY_NAME = (".csv", ".tsv", ".txt", ".json", ".md", ".warc.gz", ".docx")


@pytest.mark.parametrize("name", [name for name in WHOLE if not name.endswith(_BY_NAME)])
def test_most_kinds_are_known_without_their_suffix(give, name):
    assert REPORT in give("report", WHOLE[name])[0].text


@pytest.mark.parametrize(
    ("name", "read_as"),
    [
        ("report.txt", "text"),
        ("report.html", "html"),
        ("report.pdf", "pdf"),
        ("report.mbox", "mailbox > e-mail"),
        ("report.jsonl.gz", "gzip > jsonl"),
        ("report.tar.gz", "tar.gz > text"),
        ("report.warc.gz", "warc > html"),
    ],
)
def test_a_document_says_how_it_was_read(give, name, read_as):
    assert give(name, WHOLE[name])[0].read_as == read_as


def test_everything_in_a_folder_is_read(tmp_path):
    for name, content in WHOLE.items():
        (tmp_path / name).write_bytes(content)
    found = list(read(tmp_path))
    assert {item.source.rpartition("/")[2] for item in found if "!/" not in item.source} >= {"report.csv", "report.pdf"}
    assert all(isinstance(item, Document) for item in found)


def test_tables_and_xml_in_a_folder_that_hold_no_reports_are_passed_over(tmp_path):
    for name, content in {"a.csv": "lat,lon\n1,2\n", "m.json": "{}", "s.xml": "<sitemap/>", "r.txt": REPORT}.items():
        (tmp_path / name).write_text(content)
    assert [item.text for item in read(tmp_path)] == [REPORT]


def test_what_is_passed_over_is_counted_and_said(tmp_path, caplog):
    caplog.set_level(logging.INFO, "mapper")
    for name in ("a.csv", "b.jpg", "c.jpg", "r.txt", ".hidden.jpg"):
        (tmp_path / name).write_text(REPORT if name == "r.txt" else "lat,lon\n1,2\n")
    reading = Reading()
    list(read(tmp_path, reading=reading))
    assert reading.passed_over == {".jpg": 2, ".csv": 1}
    assert "2 .jpg, 1 .csv" in caplog.text


def test_results_of_an_earlier_run_are_no_reports(tmp_path):
    (tmp_path / "out").mkdir()
    layers = ("incidents.geojson", "places.geojson", "zones.geojson", "reports.jsonl", "incidents.gpkg")
    for name in ("map.html", *layers, "run.json"):
        (tmp_path / "out" / name).write_text(PAGE)
    (tmp_path / "map.html").write_text(PAGE)
    assert [item.source for item in read(tmp_path)] == [str(tmp_path / "map.html")]
    assert [item.source for item in read(f"{tmp_path}/**/*.html")] == [str(tmp_path / "map.html")]


@pytest.mark.parametrize(
    "row", ['{"id":"a","incidents":[],"toponyms":[]}', '{"doc_id":"a","title":null,"n_incidents":0}']
)
def test_rows_that_mapper_wrote_are_no_corpus_and_one_line_says_so(give, row):
    (found,) = give("rows.jsonl", f"{row}\n{row}\n")
    assert "mapper wrote" in found.reason


# Markdown


def test_keys_above_markdown_give_title_date_and_address(give):
    keys = '---\ntitle: "Blast: in Mosul"\ndate: 2024-02-08T10:00:00Z\nurl: https://news.example/1\ntags: [a, b]\n---\n'
    (found,) = give("r.md", keys + REPORT)
    assert (found.text, found.title, found.url) == (REPORT, "Blast: in Mosul", "https://news.example/1")
    assert (found.published, found.published_basis) == (dt.date(2024, 2, 8), "metadata")


def test_a_rule_at_the_top_of_markdown_is_no_block_of_keys(give):
    (found,) = give("r.md", f"---\n{REPORT}\n---\nMore.")
    assert found.text.startswith("---")


# E-mail


def test_a_message_has_subject_and_day_and_its_plain_body(give):
    (found,) = give("r.eml", message(text="Bômb in Mosul.\n", markup=PAGE))
    assert (found.text, found.title) == ("Bômb in Mosul.\n", "Blast in Mösul")
    assert (found.published, found.published_basis) == (dt.date(2024, 2, 8), "e-mail")


def test_a_body_of_markup_is_read_as_a_page(give):
    (found,) = give("r.eml", message(text=None, markup=PAGE))
    assert (found.text, found.title) == (REPORT, "Blast in Mösul")


def test_attachments_are_read(give):
    found = give(
        "r.eml",
        message(attachments=[("n.txt", REPORT.encode()), ("logo.png", b"\x89PNG"), ("z.zip", WHOLE["report.zip"])]),
    )
    assert [item.source for item in found] == ["r.eml", "r.eml!/n.txt", "r.eml!/z.zip!/in/report.txt"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            "Two soldiers died in Sake on Monday, a colonel said.\n\nOn 3 March X wrote:\n> Five died on Tuesday.\n",
            "Two soldiers died in Sake on Monday, a colonel said.\n\n",
        ),
        ("FYI:\n> Five died in Goma on Tuesday, says the governor.\n", None),
        ("> Five died in Goma on Tuesday.\n", None),
        ("They are:\n\n- two soldiers\n", None),
    ],
)
def test_what_a_reply_repeats_is_left_out_unless_it_is_the_message(give, body, text):
    (found,) = give("r.eml", message(text=body))
    assert found.text == (text or body)


def test_a_message_in_a_legacy_character_set(give):
    mail = b"Subject: =?koi8-r?B?8M/WwdI=?=\nContent-Type: text/plain; charset=koi8-r\n\n" + "Пожар".encode("koi8-r")
    (found,) = give("r.eml", mail)
    assert (found.text, found.title) == ("Пожар", "Пожар")


def test_messages_of_a_mailbox_are_told_apart(give):
    box = b"From a Thu\nSubject: One\n\nOne died.\n>From here.\n\nFrom b Thu\nSubject: Two\n\nTwo died.\n"
    found = give("r.mbox", box)
    assert [(item.title, item.text.strip()) for item in found] == [
        ("One", "One died.\nFrom here."),
        ("Two", "Two died."),
    ]


# Feeds


def test_entries_of_rss_have_title_text_date_and_link(give):
    first, second = give("r.rss", WHOLE["report.rss"])
    assert (first.title, first.text, first.url) == (
        "Blast & fire",
        f"Blast & fire\n\n{REPORT}\nMore.",
        "https://news.example/1",
    )
    assert (first.published, first.published_basis) == (dt.date(2024, 2, 8), "feed")
    assert (second.text, second.url) == ("Flood in Basra drowns two", "https://news.example/2")


def test_entries_of_atom_have_the_day_they_were_published_first(give):
    (found,) = give("r.atom", WHOLE["report.atom"])
    assert (found.text, found.url) == (f"Blast in Mosul\n\n{REPORT}\nMore.", "https://news.example/1")
    assert found.published == dt.date(2024, 2, 8)


def test_a_feed_that_is_cut_off_gives_the_entries_before(give):
    assert [item.title for item in give("r.rss", WHOLE["report.rss"][:-60])][:1] == ["Blast & fire"]


# Corpora


def test_columns_are_guessed_by_name_and_said(give, caplog):
    caplog.set_level(logging.INFO, "mapper")
    (found,) = give("r.csv", f'ID;Headline;Article Text;Pub Date\n7;Blast;"{REPORT}\nMore.";2024-02-08 10:00\n')
    assert (found.id, found.title, found.text) == ("7", "Blast", f"{REPORT}\nMore.")
    assert found.published == dt.date(2024, 2, 8)
    assert "text from 'Article Text', date from 'Pub Date'" in caplog.text


def test_columns_are_as_the_user_says(give):
    columns = Columns(text="b", date="d", id="i", title="t", url="u")
    (found,) = give("r.tsv", "a\tb\td\ti\tt\tu\nx\tOne died.\t20240208\tid1\tT\thttps://n.example/\n", columns=columns)
    assert (found.text, found.published, found.id, found.title, found.url) == (
        "One died.", dt.date(2024, 2, 8), "id1", "T", "https://n.example/",
    )  # fmt: skip


def test_keys_of_jsonl_are_as_the_user_says(give):
    rows = [{"b": "One died.", "text": "no"}, {"b": 5}]
    first, second = give("r.jsonl", "\n".join(map(json.dumps, rows)), columns=Columns(text="b"))
    assert first.text == "One died."
    assert '"b" is not a string' in second.reason


def test_a_column_that_is_not_there_is_named_with_those_that_are(give):
    (found,) = give("r.csv", "a,b\n1,2\n", columns=Columns(text="c"))
    assert (found.reason, found.hint) == ("has no column 'c'", "its columns: 'a', 'b'")


@pytest.mark.parametrize(
    ("heading", "table"),
    [("event_id_cnty,event_date,notes", "ACLED"), ("id,type_of_violence,source_article", "UCDP"), ("GLOBALEVENTID,SQLDATE,url", "GDELT"), ("eventid,iyear,gname,summary", "GTD")],
)  # fmt: skip
def test_tables_of_events_are_no_corpora(give, heading, table):
    (found,) = give("r.csv", heading + "\n1,2,3,4\n")
    assert isinstance(found, Failure)
    assert table in found.reason


def test_a_date_that_is_two_days_leaves_the_report_undated_and_is_counted(give, caplog):
    caplog.set_level(logging.INFO, "mapper")
    found = give("r.csv", "text,date\nOne died.,02/08/2024\nTwo died.,2024-02-08\n")
    assert [item.published for item in found] == [None, dt.date(2024, 2, 8)]
    assert "1 dates in 'date'" in caplog.text
    assert "02/08/2024" in caplog.text


@pytest.mark.parametrize(("order", "month"), [("dmy", 8), ("mdy", 2)])
def test_a_date_that_is_two_days_is_the_one_that_the_user_says(give, order, month):
    (found,) = give("r.csv", "text,date\nOne died.,02/08/2024 10:00\n", columns=Columns(order=order))
    assert (found.published.month, found.published_basis) == (month, "corpus")


def test_columns_that_may_hold_the_day_are_named_where_none_is_known(give, caplog):
    caplog.set_level(logging.INFO, "mapper")
    give("r.csv", "nr,text,seen on\n1,One died on Friday.,2024-02-08\n")
    assert "no date; not read: 'nr', 'seen on'" in caplog.text


@pytest.mark.parametrize(
    "value",
    [
        "2024-02-08",
        "20240208101500",
        "Thu, 08 Feb 2024 10:00:00 GMT",
        1707400000,
        "1707400000",
        1707400000000,
        "2024-02-08 10:00:00+03",
    ],
)
def test_dates_as_machines_write_them(give, value):
    (found,) = give("r.json", json.dumps([{"text": "One died.", "date": value}]))
    assert found.published == dt.date(2024, 2, 8)


def test_a_broken_row_costs_that_row(give):
    found = give("r.csv", "text\nOne died.\n" + "x" * 200 + "\nTwo died.\n", max_bytes=100)
    assert [getattr(item, "text", item.source) for item in found] == ["One died.", "r.csv:3", "Two died."]


def test_a_table_in_utf_16_is_read(give):
    assert give("r.csv", "text;date\nMédine burns.;2024-02-08\n".encode("utf-16"))[0].text == "Médine burns."


def test_a_list_of_json_is_streamed_and_a_wrapped_one_found(give):
    rows = [{"text": f"{number} died."} for number in range(5000)]
    assert len(give("r.json", json.dumps(rows))) == 5000
    assert len(give("w.json", json.dumps({"status": "ok", "articles": rows}, indent=1))) == 5000


def test_a_list_of_json_that_is_cut_gives_what_is_whole(give):
    *good, bad = give("r.json", json.dumps([{"text": "One died."}, {"text": "Two died."}])[:-5])
    assert [item.text for item in good] == ["One died."]
    assert "malformed" in bad.reason


def test_parquet_is_read_by_row_groups(give):
    table = pa.table(
        {"body": [f"{n} died." for n in range(3000)], "date": [dt.datetime(2024, 2, 8, 23, tzinfo=dt.UTC)] * 3000}
    )
    out = io.BytesIO()
    pq.write_table(table, out, row_group_size=500)
    found = give("r.parquet", out.getvalue())
    assert len({item.id for item in found}) == 3000
    assert (found[2999].text, found[2999].published) == ("2999 died.", dt.date(2024, 2, 8))


def test_a_missing_reader_is_named_with_the_command_that_mends_it(give, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (found,) = give("r.pdf", WHOLE["report.pdf"])
    assert found.hint == "pip install 'incident-mapper[pdf]'"


# PDF and Word


def test_paragraphs_of_a_pdf_are_parted_and_words_joined(give):
    lines = ["A bomb killed three people in Mo-", "sul on Tuesday near Al-", "Qaim, the police said."]
    (found,) = give("r.pdf", pdf(["Blast in Mosul"], lines, ["A second bomb was", "found."]))
    assert found.text == (
        "Blast in Mosul\n\nA bomb killed three people in Mosul on Tuesday near Al-Qaim, the police said.\n\n"
        "A second bomb was\nfound."
    )


@pytest.mark.parametrize(
    ("info", "title", "day"),
    [
        ("/Title (Blast in Mosul today) /CreationDate (D:20240208233000-08'00')", "Blast in Mosul today", 8),
        ("/Title (Microsoft Word - final.doc) /CreationDate (D:20240208100000Z)", None, 8),
        ("/Title (Blast in Mosul today) /Producer (Skia/PDF m120) /CreationDate (D:20240208100000Z)", "Blast in Mosul today", None),
        ("/CreationDate (D:19010101000000Z)", None, None),
        ("/CreationDate (nonsense)", None, None),
    ],
)  # fmt: skip
def test_title_and_date_of_a_pdf_where_they_are_plausible(give, info, title, day):
    (found,) = give("r.pdf", pdf([REPORT], info=info))
    assert (found.title, found.published) == (title, day and dt.date(2024, 2, day))


def test_a_scan_is_named(give):
    assert "scan" in give("r.pdf", pdf([]))[0].reason


def test_paragraphs_of_a_word_document(give):
    (found,) = give("r.docx", docx("Blast in Mosul", "", REPORT))
    assert (found.text, found.title) == (f"Blast in Mosul\n\n{REPORT}", "Blast in Mosul")


def test_a_spreadsheet_is_no_report(give):
    assert "spreadsheet" in give("r.zip", zipped({"xl/workbook.xml": "<x/>"}))[0].reason


# Web archives


def test_pages_of_a_web_archive_have_their_address_and_character_set(give):
    page = "<html><body><p>Médine burns since the morning.</p></body></html>".encode("latin-1")
    found = give(
        "r.warc.gz",
        warc(
            ("https://n.example/a", "200 OK", "text/html; charset=iso-8859-1", page),
            ("https://n.example/b", "404 Not Found", "text/html", PAGE.encode()),
            ("https://n.example/c.png", "200 OK", "image/png", b"\x89PNG"),
            ("https://n.example/empty", "200 OK", "text/html", b""),
            ("https://n.example/d", "200 OK", "text/html", PAGE.encode()),
        ),
    )
    assert [item.source for item in found] == [f"r.warc.gz!/https://n.example/{name}" for name in ("a", "empty", "d")]
    assert (found[0].text, found[0].url) == ("Médine burns since the morning.", "https://n.example/a")
    assert isinstance(found[1], Failure)


# Archives


def test_a_failure_in_an_archive_names_the_member(give):
    found = give("r.zip", zipped({"a.txt": REPORT, "b/c.txt": b"", "b/d.pdf": b"%PDF-1.4 broken", "z.txt": REPORT}))
    assert [(type(item), item.source) for item in found] == [
        (Document, "r.zip!/a.txt"),
        (Failure, "r.zip!/b/c.txt"),
        (Failure, "r.zip!/b/d.pdf"),
        (Document, "r.zip!/z.txt"),
    ]


def test_what_is_no_report_in_an_archive_is_passed_over(give):
    names = ("README.txt", ".git/a.txt", "__MACOSX/._a.txt", "a.html", "a_files/frame.html", "p.png", "t.csv")
    found = give("r.zip", zipped(dict.fromkeys(names, PAGE)))
    assert [item.source for item in found] == ["r.zip!/a.html"]


def test_an_archive_without_a_report_is_named(give):
    assert give("r.zip", zipped({"t.csv": "lat,lon\n1,2\n"}))[0].reason == "holds no report"
    assert "no report" in give("e.zip", zipped({"p.png": b""}))[0].reason


def test_archives_are_read_two_deep(give):
    two = zipped({"in.zip": zipped({"a.txt": REPORT}), "in.tgz": tarred({"b.txt": REPORT}, "w:gz")})
    assert [item.source for item in give("r.zip", two)] == ["r.zip!/in.zip!/a.txt", "r.zip!/in.tgz!/b.txt"]
    found = give("r.zip", zipped({"two.zip": two}))
    assert [item.source for item in found] == ["r.zip!/two.zip!/in.zip", "r.zip!/two.zip!/in.tgz"]
    assert all("nested too deep" in item.reason for item in found)


def test_names_that_lead_out_of_an_archive_lead_nowhere(give, tmp_path):
    found = give("in/r.tar", tarred({"../../evil.txt": REPORT, "/tmp/evil.txt": REPORT}))
    assert [item.text for item in found] == [REPORT, REPORT]
    assert {path.name for path in tmp_path.rglob("*")} == {"in", "r.tar"}


def test_links_in_an_archive_are_not_followed(give):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("a.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert "no report" in give("r.tar", out.getvalue())[0].reason


def test_an_encrypted_member_is_named_and_the_rest_read(give):
    data = bytearray(zipped({"a.txt": REPORT, "b.txt": REPORT}, zipfile.ZIP_STORED))
    data[6] |= 1  # the flag of the first member, and of its entry in the list
    data[data.index(b"PK\x01\x02") + 8] |= 1
    first, second = give("r.zip", bytes(data))
    assert "encrypted" in first.reason
    assert second.text == REPORT


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_a_bomb_is_stopped_and_what_stood_before_it_is_delivered(give, pack, monkeypatch):
    monkeypatch.setattr(Budget, "ALLOWANCE", 1_000_000)
    bomb = pack(b"\n" * 30_000_000)
    assert "far more" in give("r.jsonl.gz", bomb)[0].reason
    found = give("r.tar", tarred({"a.txt": REPORT, "b.jsonl.gz": bomb}))
    assert found[0].text == REPORT
    assert "far more" in found[1].reason


def test_a_zip_of_very_many_members_is_stopped(give, monkeypatch):
    monkeypatch.setattr(Budget, "MOST_MEMBERS", 10)
    found = give("r.zip", zipped({f"{number}.txt": REPORT for number in range(20)}))
    assert "members" in found[-1].reason
    assert len(found) == 11


def test_a_large_member_is_refused_and_the_rest_read(give):
    found = give("r.zip", zipped({"a.txt": "A" * 1000, "b.txt": REPORT}), max_bytes=100)
    assert "limit" in found[0].reason
    assert found[1].text == REPORT
