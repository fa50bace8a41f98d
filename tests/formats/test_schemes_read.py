"""Incidents that others have coded, read as their users download them. The rows are made up; the headers are true."""

from __future__ import annotations

import csv
import datetime as dt
import io

import openpyxl
import pandas as pd
import pytest
import shapely

from mapper.errors import SourceError
from mapper.formats import RowWarning, read, read_scheme, read_schemes, scheme_of, write
from mapper.formats.schemes import SCHEMES, counterpart, crosswalk
from mapper.formats.schemes.reading.cells import as_days, numbers
from mapper.formats.schemes.reading.kinds import kinds_of
from mapper.frames import assembled, coerce
from mapper.gazetteer import open_gazetteer
from mapper.incidents.scheme import SUBTYPES
from mapper.records import HARMS, Failure

DRONE = {
    "acled": {
        "event_id_cnty": "IRQ1", "event_date": "2024-02-07", "year": "2024", "time_precision": "1",
        "event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike", "actor1": "Force X",
        "assoc_actor_1": "Force Y; Force Z", "actor2": "Militia", "country": "Iraq", "admin1": "Baghdad",
        "location": "Baghdad - Mashtal", "latitude": "33.3299", "longitude": "44.5084", "geo_precision": "1",
        "source": "Agency A; Agency B", "notes": "A car was hit, and three died.", "fatalities": "3",
    },
    "ucdp": {
        "id": "41", "relid": "IRQ-2024-1-41", "year": "2024", "type_of_violence": "1", "side_a": "Government of X",
        "side_b": "Militia", "number_of_sources": "-1", "source_article": "Agency,2024-02-08,A strike",
        "source_office": "Agency", "source_date": "2024-02-08", "source_headline": "A strike in Baghdad",
        "source_original": "police", "where_prec": "1", "where_coordinates": "Mashtal", "adm_1": "Baghdad governorate",
        "latitude": "33.3299", "longitude": "44.5084", "country": "Iraq", "date_prec": "1",
        "date_start": "2024-02-07 00:00:00.000", "date_end": "2024-02-07 00:00:00.000", "best": "3", "high": "5",
        "low": "2",
    },
    "gtd": {
        "eventid": "202402070001", "iyear": "2024", "imonth": "2", "iday": "7", "country_txt": "Iraq",
        "provstate": "Baghdad", "city": "Mashtal", "latitude": "33.3299", "longitude": "44.5084", "specificity": "1",
        "vicinity": "0", "summary": "02/07/2024: A bomber struck.", "success": "1", "suicide": "1", "attacktype1": "3",
        "target1": "Market", "targtype1": "14", "gname": "Unknown", "weaptype1_txt": "Explosives", "nkill": "3",
        "nwound": "4", "scite1": '"Blast," Agency, February 8, 2024.',
    },
    "gdelt": {
        "GLOBALEVENTID": "1150000001", "SQLDATE": "20240207", "MonthYear": "202402", "Year": "2024",
        "Actor1Name": "FORCE X", "Actor2Name": "MILITIA", "EventCode": "195", "NumArticles": "4",
        "ActionGeo_Type": "4", "ActionGeo_FullName": "Baghdad, Baghdad, Iraq", "ActionGeo_Lat": "33.3299",
        "ActionGeo_Long": "44.5084", "SOURCEURL": "https://news.example/strike",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def gazetteer():
    return open_gazetteer()


def save(path, scheme, *rows, delimiter=",", encoding="utf-8", header=True):
    """Write made-up rows under the scheme's true header."""
    stream = io.StringIO(newline="")
    columns = SCHEMES[scheme].columns
    writer = csv.DictWriter(stream, columns, restval="", delimiter=delimiter)
    if header:
        writer.writeheader()
    writer.writerows(DRONE[scheme] | row for row in rows)
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


@pytest.fixture
def one(tmp_path, gazetteer):
    """Read one row of a scheme that differs from the usual one in some cells."""

    def read_one(scheme, **cells):
        coded = read_scheme(save(tmp_path / "rows.csv", scheme, cells), gazetteer)
        return coded.layers.incidents.iloc[0]

    return read_one


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scheme_is_known_by_its_header_whatever_the_file_is_called(scheme, tmp_path):
    assert scheme_of(save(tmp_path / "download (3).csv", scheme, {})) == scheme


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_spreadsheets_delimiters_and_encodings_do_not_matter(delimiter, encoding, tmp_path, gazetteer):
    path = save(tmp_path / "a.csv", "acled", {"location": "Córdoba, España"}, delimiter=delimiter, encoding=encoding)
    coded = read_scheme(path, gazetteer)
    assert coded.layers.incidents["place_name"].tolist() == ["Córdoba, España"]


def test_gdelt_s_own_files_have_no_header_and_are_known_by_their_shape(tmp_path, gazetteer):
    path = save(tmp_path / "20240207.export.CSV", "gdelt", {"Actor1Name": 'THE "X'}, delimiter="\t", header=False)
    path.write_text(path.read_text(encoding="utf-8").replace('"THE ""X"', 'THE "X'), encoding="utf-8")
    coded = read_scheme(path, gazetteer)
    assert coded.layers.incidents["perpetrators"].tolist() == [['THE "X']]


def test_a_workbook_is_read(tmp_path, gazetteer):
    book = openpyxl.Workbook()
    row = DRONE["gtd"]
    book.active.append(list(row))
    book.active.append([int(value) if value.isdigit() else value for value in row.values()])
    book.save(tmp_path / "globalterrorismdb.xlsx")
    coded = read_scheme(tmp_path / "globalterrorismdb.xlsx", gazetteer)
    assert coded.layers.incidents["incident_id"].tolist() == ["202402070001"]
    assert coded.layers.incidents["killed_best"].tolist() == [3]


@pytest.mark.parametrize("text", ["id,text\n1,a\n", "", "event_date\n2024-01-01\n", "prose about an event_type"])
def test_other_tables_are_none_of_the_schemes(text, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    assert scheme_of(path) is None


def test_a_table_of_our_own_is_none_of_the_schemes(tmp_path, gazetteer):
    layers = read_scheme(save(tmp_path / "a.csv", "acled", {}), gazetteer).layers
    assert scheme_of(write(layers, tmp_path / "ours.csv")) is None


def test_acled(one):
    row = one("acled")
    told = {
        "incident_id": "IRQ1", "event_type": "air_drone_strike", "status": "accomplished", "date_precision": "day",
        "place_role": "happened", "place_name": "Baghdad - Mashtal", "admin1": "Baghdad", "country_code": "IQ",
        "precision": "settlement", "where_prec": 1, "killed_low": 3, "killed_best": 3,
        "perpetrators": ["Force X", "Force Y", "Force Z"], "targets": ["Militia"], "sources": ["Agency A", "Agency B"],
        "evidence": "A car was hit, and three died.",
    }  # fmt: skip
    assert row[list(told)].to_dict() == told
    assert row["date_start"] == row["date_end"] == pd.Timestamp(2024, 2, 7)
    assert pd.isna(row["killed_high"])  # ACLED counts the fewest that are reported
    assert row.geometry.equals(shapely.Point(44.5084, 33.3299))


def test_ucdp(one):
    row = one("ucdp")
    told = {
        "incident_id": "41", "event_type": "armed_clash", "killed_low": 2, "killed_best": 3, "killed_high": 5,
        "perpetrators": ["Government of X"], "targets": ["Militia"], "sources": ["police", "Agency"], "n_reports": 1,
        "evidence": "A strike in Baghdad", "published": pd.Timestamp(2024, 2, 8), "date_start": pd.Timestamp(2024, 2, 7),
    }  # fmt: skip
    assert row[list(told)].to_dict() == told


def test_gtd(one):
    row = one("gtd")
    told = {
        "incident_id": "202402070001", "event_type": "explosion_ied", "event_subtype": "suicide_bomb",
        "killed_best": 3, "injured_best": 4, "perpetrators": [], "targets": ["Market"], "weapon": "Explosives",
        "sources": ['"Blast," Agency, February 8, 2024.'], "place_name": "Mashtal", "date_precision": "day",
    }  # fmt: skip
    assert row[list(told)].to_dict() == told


def test_gdelt(one):
    row = one("gdelt")
    told = {
        "incident_id": "1150000001", "event_type": "air_drone_strike", "place_name": "Baghdad", "country": "Iraq",
        "n_reports": 4, "source_url": "https://news.example/strike", "confidence": 0.5,
    }  # fmt: skip
    assert row[list(told)].to_dict() == told


AREAS = {
    "acled province": ("acled", {"geo_precision": "3"}, "adm1"),
    "ucdp province": ("ucdp", {"where_prec": "4"}, "adm1"),
    "ucdp country": ("ucdp", {"where_prec": "6", "where_coordinates": "Iraq"}, "country"),
    "gtd province": ("gtd", {"specificity": "4"}, "adm1"),
    "gtd country": ("gtd", {"specificity": "5", "latitude": "", "longitude": ""}, "country"),
    "gdelt country": ("gdelt", {"ActionGeo_Type": "1", "ActionGeo_FullName": "Iraq"}, "country"),
    "gdelt province": ("gdelt", {"ActionGeo_Type": "5", "ActionGeo_FullName": "Baghdad, Iraq"}, "adm1"),
    "ucdp district": ("ucdp", {"where_prec": "3", "adm_2": "Karkh district"}, "adm2"),
    "gtd district": ("gtd", {"specificity": "3"}, "adm2"),
}


@pytest.mark.parametrize("case", AREAS)
def test_what_is_known_only_as_an_area_is_one_around_the_publisher_s_point(case, one):
    scheme, cells, precision = AREAS[case]
    row = one(scheme, **cells)
    assert row["precision"] == precision
    assert row.geometry.geom_type in ("Polygon", "MultiPolygon")
    assert row.geometry.covers(shapely.Point(44.4, 33.32))
    assert row["uncertainty_m"] > 10_000


@pytest.mark.parametrize(
    ("scheme", "cells"),
    [
        ("acled", {"geo_precision": "3", "admin1": "Nowhereland"}),
        ("acled", {"geo_precision": "3", "admin1": "Basra"}),  # the outline is not where the point is
        ("acled", {"geo_precision": ""}),
        ("ucdp", {"where_prec": "5", "where_coordinates": "along the road"}),
        ("ucdp", {"where_prec": "7", "where_coordinates": "in the air"}),
        ("gdelt", {"ActionGeo_Type": "5", "ActionGeo_FullName": "Nowhereland, Iraq"}),
    ],
)
def test_an_area_without_an_outline_is_never_a_pin(scheme, cells, tmp_path, gazetteer):
    coded = read_scheme(save(tmp_path / "a.csv", scheme, cells), gazetteer)
    assert coded.layers.incidents.geometry.isna().all()
    assert any("not on the map" in note for note in coded.notes)


@pytest.mark.parametrize(("scheme", "cells"), [("acled", {"geo_precision": "2"}), ("ucdp", {"where_prec": "2"})])
def test_near_a_place_is_a_point_with_a_wide_ring(scheme, cells, one):
    row = one(scheme, **cells)
    assert (row["precision"], row["where_prec"], row["uncertainty_m"]) == ("near", 2, 25_000)
    assert row.geometry.geom_type == "Point"


PERIODS = {
    "acled week": ("acled", {"time_precision": "2"}, "week", "2024-02-04", "2024-02-10"),
    "acled month": ("acled", {"time_precision": "3"}, "month", "2024-02-01", "2024-02-29"),
    "acled not said": ("acled", {"time_precision": ""}, "month", "2024-02-01", "2024-02-29"),
    "ucdp days": ("ucdp", {"date_prec": "2", "date_end": "2024-02-09"}, "range", "2024-02-07", "2024-02-09"),
    "ucdp month": ("ucdp", {"date_prec": "4", "date_start": "2024-02-01", "date_end": "2024-02-29"}, "month",
                   "2024-02-01", "2024-02-29"),
    "gtd month": ("gtd", {"iday": "0"}, "month", "2024-02-01", "2024-02-29"),
    "gtd year": ("gtd", {"imonth": "0", "iday": "0"}, "year", "2024-01-01", "2024-12-31"),
    "gdelt month": ("gdelt", {"SQLDATE": ""}, "month", "2024-02-01", "2024-02-29"),
}  # fmt: skip


@pytest.mark.parametrize("case", PERIODS)
def test_how_well_a_date_is_known_is_kept(case, one):
    scheme, cells, precision, start, end = PERIODS[case]
    row = one(scheme, **cells)
    assert row["date_precision"] == precision
    assert (str(row["date_start"].date()), str(row["date_end"].date())) == (start, end)


def test_gtd_s_hostages_claims_and_suspicions(one):
    row = one("gtd", nhostkid="5", gname="A", gname2="B", gname3="C", guncertain1="1", guncertain2="0", claim2="1")
    told = {
        "abducted_low": 5, "abducted_best": 5, "perpetrators": ["A", "B", "C"], "claimed_by": ["B"], "blamed": ["A"],
        "denied_by": [],
    }  # fmt: skip
    assert row[list(told)].to_dict() == told
    assert pd.isna(row["abducted_high"])


def test_hostages_of_whom_the_number_is_not_known(one):
    assert pd.isna(one("gtd", nhostkid="-99")["abducted_best"])


def test_acled_s_arrests_have_no_count(one):
    row = one("acled", event_type="Strategic developments", sub_event_type="Arrests", fatalities="0")
    assert row["event_type"] == "arrest"
    assert (row["killed_low"], row["killed_best"]) == (0, 0)
    harms = [f"{harm}_{bound}" for harm in HARMS if harm != "killed" for bound in ("low", "best", "high")]
    assert row[["killed_high", *harms]].isna().all()


def test_an_attack_that_failed_was_attempted(one):
    assert one("gtd", success="0")["status"] == "attempted"


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"attacktype1": "2", "suicide": "0", "targtype1": "4"}, ("armed_clash", None)),
        ({"attacktype1": "2", "suicide": "0", "targtype1": "14"}, ("attack_on_civilians", None)),
        ({"suicide": "0", "weaptype1": "6", "weapsubtype1": "15"}, ("explosion_ied", "car_bomb")),
        ({"attacktype1": "8", "suicide": "0"}, ("attack_on_civilians", None)),
    ],
)
def test_gtd_s_weapons_and_targets_tell_more_of_the_kind(cells, kind, one):
    row = one("gtd", **cells)
    assert (row["event_type"], None if pd.isna(row["event_subtype"]) else row["event_subtype"]) == kind


BAD = {
    "swapped": ({"latitude": "44.5084", "longitude": "33.3299"}, "look turned round"),
    "off the globe": ({"latitude": "933.3"}, "off the globe"),
    "null island": ({"latitude": "0", "longitude": "0"}, "0, 0 is no place"),
    "another country": ({"latitude": "48.85", "longitude": "2.35"}, "far from the country"),
    "words": ({"latitude": "north"}, "is no number"),
}


@pytest.mark.parametrize("case", BAD)
def test_coordinates_that_contradict_themselves_are_not_shown_and_named(case, tmp_path, gazetteer):
    cells, reason = BAD[case]
    coded = read_scheme(save(tmp_path / "a.csv", "acled", {}, cells | {"event_id_cnty": "IRQ2"}), gazetteer)
    assert coded.layers.incidents.geometry.notna().tolist() == [True, False]
    (failure,) = coded.failures
    assert failure.source.endswith("a.csv:3")
    assert reason in failure.reason


def test_a_decimal_comma_is_a_decimal_point(one):
    row = one("acled", latitude="33,3299", longitude="44,5084")
    assert row.geometry.equals(shapely.Point(44.5084, 33.3299))


def test_cells_that_were_kept_from_running_are_given_back(one):
    assert one("acled", notes="'=1+1", longitude="'-0.1")["evidence"] == "=1+1"


def bad_rows(tmp_path, gazetteer, *lines):
    path = save(tmp_path / "a.csv", "acled", {}, {"event_id_cnty": "IRQ9"})
    text = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\r\n".join([*text[:2], *lines, *text[2:]]) + "\r\n", encoding="utf-8")
    coded = read_scheme(path, gazetteer)
    return coded.layers.incidents["incident_id"].tolist(), coded.failures


def line_of(**cells):
    stream = io.StringIO(newline="")
    csv.DictWriter(stream, SCHEMES["acled"].columns, restval="").writerow(DRONE["acled"] | cells)
    return stream.getvalue().rstrip("\r\n")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("IRQ5,2024-02-07", "31 cells"),
        (line_of(event_id_cnty="IRQ5").replace('"A car was hit, and three died."', '"A car was hit'), "31 cells"),
        (line_of(event_id_cnty="IRQ5", event_type="Festivals"), "its kind is none"),
        (line_of(event_id_cnty=""), "has no id"),
        (line_of(), "stands in an earlier row"),
    ],
)
def test_a_bad_row_costs_itself_and_is_named(line, reason, tmp_path, gazetteer):
    ids, failures = bad_rows(tmp_path, gazetteer, line)
    assert ids == ["IRQ1", "IRQ9"]
    assert [failure.source.rpartition(":")[2] for failure in failures] == ["3"]
    assert reason in failures[0].reason


def test_a_number_that_is_none_costs_only_the_number(tmp_path, gazetteer):
    ids, failures = bad_rows(tmp_path, gazetteer, line_of(event_id_cnty="IRQ5", fatalities="many", event_date="soon"))
    assert ids == ["IRQ1", "IRQ5", "IRQ9"]
    assert {failure.reason.split()[0] for failure in failures} == {"fatalities", "event_date"}


def test_many_bad_rows_are_counted_not_listed(tmp_path, gazetteer):
    _, failures = bad_rows(tmp_path, gazetteer, *["x,y"] * 100)
    assert len(failures) == 6
    assert failures[-1].reason.startswith("95 more rows")


def test_rows_over_several_lines_are_one_row(tmp_path, gazetteer):
    ids, failures = bad_rows(
        tmp_path, gazetteer, line_of(event_id_cnty="IRQ5", notes="One.\nTwo, with commas.\n\nFour.")
    )
    assert (ids, failures) == (["IRQ1", "IRQ5", "IRQ9"], ())


def test_what_gdelt_s_machine_took_for_words_is_no_incident(tmp_path, gazetteer):
    rows = [
        {"GLOBALEVENTID": str(number), "EventCode": code} for number, code in enumerate(["010", "042", "112", "1831"])
    ]
    coded = read_scheme(save(tmp_path / "a.csv", "gdelt", *rows), gazetteer)
    assert coded.layers.incidents["event_subtype"].tolist() == ["suicide_bomb"]
    assert any("3 of 4 rows are left out" in note for note in coded.notes)
    assert coded.failures == ()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_whose_rows_they_are_and_on_which_terms_is_said(scheme, tmp_path, gazetteer):
    coded = read_scheme(save(tmp_path / "a.csv", scheme, {}), gazetteer)
    assert "credit" in coded.notes[0] or "citation" in coded.notes[0]
    assert coded.layers.reports["source"].tolist() == [str(tmp_path / "a.csv")]
    assert coded.layers.incidents["doc_id"].tolist() == coded.layers.reports["doc_id"].tolist()


def test_downloads_that_overlap_give_each_event_once(tmp_path, gazetteer):
    first = save(tmp_path / "a.csv", "acled", {}, {"event_id_cnty": "IRQ2"})
    second = save(tmp_path / "b.csv", "acled", {}, {"event_id_cnty": "IRQ3"})
    other = save(tmp_path / "c.csv", "ucdp", {"id": "IRQ1"})
    found = list(read_schemes([first, tmp_path / "missing.csv", second, other], gazetteer))
    assert isinstance(found[1], Failure)
    ids = [coded.layers.incidents["incident_id"].tolist() for coded in found if not isinstance(coded, Failure)]
    assert ids == [["IRQ1", "IRQ2"], ["IRQ3"], ["ucdp-ged-IRQ1"]]
    assert any("stand in an earlier file" in note for note in found[2].notes)


def test_read_gives_the_layers_and_warns_of_bad_rows(tmp_path):
    path = save(tmp_path / "a.csv", "acled", {}, {"event_id_cnty": ""})
    with pytest.warns(RowWarning, match=r"a\.csv:3: the row has no id"):
        assert len(read(path)) == 1
    told: list[Failure] = []
    read(path, on_failure=told.append)
    assert len(told) == 1


def test_a_named_scheme_without_its_columns_is_refused(tmp_path, gazetteer):
    path = tmp_path / "a.acled.csv"
    path.write_text("id,text\n", encoding="utf-8")
    with pytest.raises(SourceError, match="has no column event_date"):
        read_scheme(path, gazetteer)


def layer_with(*kinds):
    rows = [
        {
            "incident_id": f"i{number}", "event_type": kind, "event_subtype": subtype or None, "status": "accomplished",
            "date_start": "2024-02-07", "date_end": "2024-02-07", "date_precision": "day", "place_role": "happened",
            "place_name": "Mosul", "admin1": "Nineveh", "country": "Iraq", "country_code": "IQ",
            "precision": "settlement", "where_prec": 1, "uncertainty_m": 2500.0, "confidence": 1.0, "killed_low": 2,
            "killed_best": 2, "killed_high": 3, "abducted_best": 4, "perpetrators": ["A", "C"], "claimed_by": ["A"],
            "blamed": ["C"], "targets": ["B"], "sources": ["police"],
            "n_reports": 1, "evidence": "Two died.", "doc_id": "one", "review_status": "unreviewed",
            "geometry": shapely.Point(43.13, 36.34),
        }
        for number, (kind, subtype) in enumerate(kinds)
    ]  # fmt: skip
    return assembled(coerce("incidents", pd.DataFrame(rows)))


@pytest.mark.filterwarnings("ignore::mapper.formats.LossWarning")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_written_is_read_back_as_far_as_the_scheme_holds_it(scheme, tmp_path, gazetteer):
    ours = layer_with(*crosswalk())
    path = write(ours, tmp_path / f"incidents.{scheme}.csv")
    theirs = read_scheme(path, gazetteer).layers.incidents.set_index("incident_id")
    ours = ours.incidents.set_index("incident_id").loc[theirs.index]
    assert len(theirs) > 15
    kept = [
        "status",
        "date_start",
        "date_end",
        "date_precision",
        "place_name",
        "country_code",
        "precision",
        "where_prec",
    ]
    kept += {"ucdp": ["killed_low", "killed_best", "killed_high"], "gdelt": []}.get(scheme, ["killed_best"])
    kept += ["abducted_best", "claimed_by", "blamed"] if scheme == "gtd" else []
    kept += ["targets", *([] if scheme == "gdelt" else ["perpetrators", "evidence", "sources"])]  # GDELT has one actor
    pd.testing.assert_frame_equal(pd.DataFrame(theirs[kept]), pd.DataFrame(ours[kept]))
    assert theirs.geometry.geom_equals(ours.geometry).all()


CODES = {
    "acled": lambda row: f"{row.acled_event}/{row.acled_sub_event}" if row.acled_event else "",
    "gtd": lambda row: row.gtd_attacktype,
    "gdelt": lambda row: row.cameo,
}


@pytest.mark.parametrize("scheme", CODES)
def test_a_code_of_one_kind_alone_is_read_as_that_kind(scheme):
    kinds: dict[str, list[tuple[str, str]]] = {}
    for ours, row in crosswalk().items():
        kinds.setdefault(CODES[scheme](row), []).append(ours)
    alone = {code: ours[0] for code, ours in kinds.items() if code and len(ours) == 1}
    said_otherwise = {code for code, kind in alone.items() if kinds_of(scheme).get(code) != kind}
    assert (
        said_otherwise
        == {  # for the reasons that stand in read_back.csv
            "acled": {"Battles/", "Strategic developments/", "Strategic developments/Change to group/activity"},
            "gtd": {"8"},
            "gdelt": {"010", "182"},
        }[scheme]
    )


@pytest.mark.parametrize(
    "kind", [("air_drone_strike", "airstrike"), ("armed_clash", "ambush"), ("riot", "mob_violence")]
)
def test_a_kind_keeps_its_type_through_acled(kind):
    row = counterpart(*kind)
    assert kinds_of("acled")[f"{row.acled_event}/{row.acled_sub_event}"][0] == kind[0]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_kinds_that_are_read_are_ours(scheme):
    assert all(kind in SUBTYPES and subtype in ("", *SUBTYPES[kind]) for kind, subtype in kinds_of(scheme).values())


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-07",
        "07 February 2024",
        "07-February-2024",
        "7-Feb-24",
        "February 7, 2024",
        "20240207",
        "2024-02-07T10:00",
    ],
)
def test_days_as_publishers_and_spreadsheets_write_them(text):
    assert as_days([text]).days == [dt.date(2024, 2, 7)]


def test_days_in_figures_need_a_column_that_tells_their_order():
    assert as_days(["7/2/2024"]).bad == [0]
    assert as_days(["7/2/2024", "13/2/2024"]).days[0] == dt.date(2024, 2, 7)
    assert as_days(["2/7/2024", "2/13/2024"]).days[0] == dt.date(2024, 2, 7)
    assert as_days(["13/2/2024", "2/13/2024"]).bad == [0, 1]


def test_numbers_are_numbers_or_named():
    values, bad = numbers(["1.5", "1,5", "", "1.234,5", "inf", "-99"])
    assert values[:2] == [1.5, 1.5]
    assert bad == [3, 4]
