from __future__ import annotations

import bz2
import gzip
import json
import time

import pytest
from hostile_files import GOOD, malformed

from mapper.records import Document, Failure
from mapper.sources import Reading, read

LIMIT = Reading(max_bytes=2_000_000)
LONGEST_S = 60.0


def read_among_good(folder, files):
    """Put each file between good ones, read them all, and give what came of each, with the seconds that it took."""
    sources = []
    for number, (name, data) in enumerate(files):
        (folder / name).write_bytes(data)
        good = folder / f"{number:04}-good.txt"
        good.write_text(GOOD.format(number=number))
        sources += [folder / name, good]
    results, started = {}, time.monotonic()
    for source in sources:
        results[source.name] = list(read([source], reading=LIMIT))
        ended = time.monotonic()
        assert ended - started < LONGEST_S, source.name
        started = ended
    return results


def check(results):
    for name, found in results.items():
        if name.endswith("-good.txt"):
            assert [item.text for item in found] == [GOOD.format(number=int(name[:4]))]
        assert found, name
        for item in found:
            assert name in item.source
            if isinstance(item, Failure):
                assert item.reason, name
                assert "\n" not in item.reason + item.hint, name
            else:
                assert isinstance(item, Document)
                assert item.text.encode("utf-8"), name
                assert "\0" not in item.text, name


def test_malformed_inputs_cost_themselves_only(tmp_path):
    check(read_among_good(tmp_path, malformed(seed=1, count=66)))


@pytest.mark.parametrize("group", ["bytes", "generators", "texts"])
def test_hostile_inputs_cost_themselves_only(tmp_path, shared, group):
    rows = json.loads((shared / "data" / "hostile" / "inputs.json").read_text())[group]
    if group == "bytes":
        files = [
            (f"{row['id']}.{suffix}", bytes.fromhex(row["hex"])) for row in rows for suffix in ("txt", "html", "csv")
        ]
    elif group == "texts":
        files = [
            (f"{row['id']}.{suffix}", row["text"].encode("utf-8", "surrogatepass"))
            for row in rows
            for suffix in ("md", "eml", "rss")
        ]
    else:
        files = [(_named(row["id"]), _made(row["python"].replace("100_000", "10_000"))) for row in rows]
    check(read_among_good(tmp_path, files))


def _named(name):
    kinds = {
        "html": ".html",
        "xml": ".rss",
        "feed": ".rss",
        "jsonl": ".jsonl",
        "gzip": ".html.gz",
        "comment": ".html",
        "script": ".html",
        "table": ".html",
        "entities": ".html",
        "many_attributes": ".html",
    }
    return name + next((suffix for word, suffix in kinds.items() if word in name), ".txt")


def _made(expression):
    # The expressions are the evidence's own; nothing but these two modules is within their reach.
    made = eval(expression, {"__builtins__": {"range": range}, "gzip": gzip, "bz2": bz2})
    return made if isinstance(made, bytes) else made.encode()
