"""A thousand malformed inputs, and corpora that are larger than what memory may hold."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time

import pytest
from hostile_files import GOOD, malformed

from mapper.records import Document
from mapper.sources import Reading, fingerprint, originals, read

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(0)]


def test_a_thousand_malformed_inputs(tmp_path):
    """No traceback, no hang, and every good report among them delivered."""
    for number, (name, data) in enumerate(malformed(seed=2, count=1000)):
        (tmp_path / name).write_bytes(data)
        (tmp_path / f"{number:04}-good.txt").write_text(GOOD.format(number=number))
    slowest, documents, failures, good = (0.0, ""), 0, 0, set()
    for path in sorted(tmp_path.iterdir()):
        started = time.perf_counter()
        found = list(read([path], reading=Reading(max_bytes=2_000_000)))
        slowest = max(slowest, (time.perf_counter() - started, path.name))
        assert found, path.name
        documents += sum(isinstance(item, Document) for item in found)
        failures += sum(not isinstance(item, Document) for item in found)
        if path.name.endswith("-good.txt"):
            good |= {item.text for item in found}
    print(f"\n{documents} documents, {failures} failures, slowest {slowest[0]:.1f} s ({slowest[1]})")
    assert good == {GOOD.format(number=number) for number in range(1000)}
    assert slowest[0] < 60


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "json"])
def test_memory_of_reading_does_not_grow_with_the_corpus(tmp_path, suffix):
    text = "A bomb killed three people in Mosul on Tuesday. " * 10
    peaks = {}
    for count in (1_000, 100_000):
        path = tmp_path / f"{count}.{suffix}"
        with path.open("w") as file:
            file.write({"jsonl": "", "csv": "id,text\n", "json": "["}[suffix])
            for number in range(count):
                row = {"id": str(number), "text": text}
                comma = "," if number and suffix == "json" else ""
                file.write(f"{number},{text}\n" if suffix == "csv" else f"{comma}{json.dumps(row)}\n")
            file.write("]" if suffix == "json" else "")
        # A process of its own: what it holds at its peak is then what reading holds.
        told = subprocess.run([sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, check=True)
        read_reports, seconds, peaks[count] = (float(value) for value in told.stdout.split())
        assert read_reports == count
        size = path.stat().st_size
        print(
            f"\n{suffix}: {count:,} reports, {size / 1e6:.0f} MB, {seconds:.1f} s, peak {peaks[count] / 1e3:.0f} MB",
            end="",
        )
    # What is left to grow are the ids that were given, some 150 bytes each: they are unique within a run.
    assert peaks[100_000] < 1.2 * peaks[1_000] + 20_000


_READ = """
import resource, sys, time
from mapper.sources import read
started = time.perf_counter()
print(sum(1 for _ in read([sys.argv[1]])), time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_copies_among_twenty_thousand_reports():
    rng = random.Random(1)
    words = [f"word{number}" for number in range(5_000)]
    kept, expected = [], 0
    started = time.perf_counter()
    for number in range(20_000):
        text = " ".join(rng.choices(words, k=200))
        kept.append(fingerprint(Document(str(number), text, sha256=str(number))))
        if number % 10 == 0:
            expected += 1
            kept.append(fingerprint(Document(f"copy{number}", f"{text} and a line more", sha256=f"{number}b")))
    taken = time.perf_counter() - started
    started = time.perf_counter()
    found = originals(kept)
    print(f"\nfingerprint {taken / len(kept) * 1e6:.0f} us a report of 200 words; {len(kept):,} compared in "
          f"{time.perf_counter() - started:.1f} s; resident {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")  # fmt: skip
    assert len(found) == expected
