"""What a journal keeps of a report is the report; what a stranger put into one does nothing."""

from __future__ import annotations

import pickle
import zlib

import pytest
import shapely

from mapper.pipeline.packing import Shapes, key_of, pack, pack_record, unpack
from mapper.records import Document, Failure


def test_a_report_comes_back_as_it_was(reports):
    for report in reports:
        packed = pack(report)
        assert unpack(packed.report, Shapes(dict(packed.shapes).__getitem__)) == report


def test_an_outline_is_kept_once_and_given_back_as_one_object(reports):
    first, second = pack(reports[0]), pack(reports[0])
    assert first.shapes == second.shapes
    shapes = Shapes(dict(first.shapes).__getitem__)
    one, two = (unpack(packed.report, shapes).resolutions[1].geometry for packed in (first, second))
    assert one is two
    assert shapely.equals_exact(one, reports[0].resolutions[1].geometry)


def test_a_failure_comes_back_as_it_was():
    failure = Failure("a \ud800 name", "is empty", "give another")
    assert unpack(pack_record(failure), Shapes({}.__getitem__)) == failure


class Harm:
    def __reduce__(self):
        return (print, ("harm was done",))


def test_bytes_that_would_run_something_are_refused(capsys):
    with pytest.raises(pickle.UnpicklingError, match="no record"):
        unpack(zlib.compress(pickle.dumps(Harm())), Shapes({}.__getitem__))
    assert capsys.readouterr().out == ""


def test_a_document_is_known_by_all_that_was_read_with_it():
    document = Document("a", "text", "title")
    others = [Document("b", "text", "title"), Document("a", "Text", "title"), Document("a", "text", "Title")]
    assert len({key_of(other) for other in [document, *others]}) == 4
    assert key_of(Document("a", "text", "title")) == key_of(document)
