"""A street that no gazetteer has gets the surroundings of a sure place beside it, said to be inferred, and no incident."""

from __future__ import annotations

import mapper
from mapper.formats.rows import geoparse_row
from mapper.geocoder import geoparse
from mapper.geocoder.inferring import FAR, INFERRED_M, inferred
from mapper.records import Document, Report, Resolution, Span, Toponym
from mapper.text import sentences

TEXT = "The mayor of Toulouse said on Monday that the school on Quuxelgrove Road would open again."


def given(text, *names):
    spans = tuple(Span(text.index(n), text.index(n) + len(n), n) for n in names)
    return Document("report", text, toponyms=spans)


def resolved(gazetteer, document):
    return geoparse(document, sentences(document), gazetteer, spans="given")


def test_an_unknown_name_lies_about_the_sure_place_beside_it(gazetteer):
    toulouse, unknown = resolved(gazetteer, given(TEXT, "Toulouse", "Quuxelgrove Road"))
    assert not toulouse.inferred
    assert unknown.inferred
    assert unknown.place is None
    assert unknown.precision == "region"
    assert unknown.uncertainty_m == INFERRED_M
    assert unknown.geometry.geom_type == "Polygon"
    assert unknown.geometry.contains(toulouse.geometry)
    assert "Toulouse" in unknown.reasons[-1]
    assert unknown.score < toulouse.score


def test_without_a_sure_place_nothing_is_inferred(gazetteer):
    (unknown,) = resolved(gazetteer, given("The school in Quuxelgrove Road would open again.", "Quuxelgrove Road"))
    assert not unknown.inferred
    assert unknown.geometry is None


def test_a_country_says_too_little(gazetteer):
    _, unknown = resolved(
        gazetteer, given("In Mongolia the school of Quuxelgrove Road opened.", "Mongolia", "Quuxelgrove Road")
    )
    assert unknown.geometry is None


def test_what_is_far_off_in_the_text_says_nothing(gazetteer):
    text = "Toulouse is calm. " + "The day was long. " * (FAR // 15) + "Quuxelgrove Road was not."
    _, unknown = resolved(gazetteer, given(text, "Toulouse", "Quuxelgrove Road"))
    assert not unknown.inferred


def test_no_document_no_inference():
    assert inferred([]) == []
    lone = Resolution(Toponym(0, 3, "Foo"))
    assert inferred([lone]) == [lone]


def test_the_row_of_a_corpus_says_that_it_is_inferred(gazetteer):
    document = given(TEXT, "Toulouse", "Quuxelgrove Road")
    row = geoparse_row(Report(document, tuple(resolved(gazetteer, document))))
    known, unknown = row["toponyms"]
    assert (known["inferred"], unknown["inferred"]) == (False, True)
    assert unknown["name"] is None
    assert abs(unknown["lat"] - known["lat"]) < 0.1


def test_no_incident_is_put_on_an_inferred_place():
    text = (
        "The mayor of Toulouse spoke on Monday. A bomb killed four people in Quuxelgrove Road on Tuesday, police said."
    )
    incidents = mapper.extract(Document("report", text))
    assert not any(place.resolution.inferred for incident in incidents for place in incident.places)


def test_a_village_could_be_anywhere_and_stays_unknown(gazetteer):
    text = "Fighting near Toulouse and Qwxzvkjh."
    _, unknown = resolved(gazetteer, given(text, "Toulouse", "Qwxzvkjh"))
    assert unknown.geometry is None
    assert not unknown.inferred
