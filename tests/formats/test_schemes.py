"""Incidents in the columns and codes of ACLED, UCDP GED, GTD and GDELT, and what stays empty there.

The lists of columns are typed off the headers of their published files (ACLED's export of 2025, GED 23.1, GTD 2022,
GDELT 2.0), apart from the lists that write the files.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io

import pandas as pd
import pytest
import shapely

from mapper.errors import UsageError
from mapper.formats import LossWarning, dump, write
from mapper.formats.schemes import SCHEMES, counterpart, crosswalk
from mapper.formats.schemes.crosswalk import ACLED_SUB_EVENTS, GTD_ATTACK_TYPES
from mapper.frames import coerce, layers
from mapper.incidents.scheme import EVENT_TYPES, SUBTYPES

ACTOR = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
GEO = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID"

PUBLISHED = {
    "acled": """
        event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1
        inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3
        location latitude longitude geo_precision source source_scale notes fatalities tags timestamp""".split(),
    "ucdp": """
        id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name
        dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b
        number_of_sources source_article source_office source_date source_headline source_original where_prec
        where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id
        region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high
        low gwnoa gwnob""".split(),
    "gtd": """
        eventid iyear imonth iday approxdate extended resolution country country_txt region region_txt provstate city
        latitude longitude specificity vicinity location summary crit1 crit2 crit3 doubtterr alternative
        alternative_txt multiple success suicide attacktype1 attacktype1_txt attacktype2 attacktype2_txt attacktype3
        attacktype3_txt targtype1 targtype1_txt targsubtype1 targsubtype1_txt corp1 target1 natlty1 natlty1_txt
        targtype2 targtype2_txt targsubtype2 targsubtype2_txt corp2 target2 natlty2 natlty2_txt targtype3
        targtype3_txt targsubtype3 targsubtype3_txt corp3 target3 natlty3 natlty3_txt gname gsubname gname2 gsubname2
        gname3 gsubname3 motive guncertain1 guncertain2 guncertain3 individual nperps nperpcap claimed claimmode
        claimmode_txt claim2 claimmode2 claimmode2_txt claim3 claimmode3 claimmode3_txt compclaim weaptype1
        weaptype1_txt weapsubtype1 weapsubtype1_txt weaptype2 weaptype2_txt weapsubtype2 weapsubtype2_txt weaptype3
        weaptype3_txt weapsubtype3 weapsubtype3_txt weaptype4 weaptype4_txt weapsubtype4 weapsubtype4_txt weapdetail
        nkill nkillus nkillter nwound nwoundus nwoundte property propextent propextent_txt propvalue propcomment
        ishostkid nhostkid nhostkidus nhours ndays divert kidhijcountry ransom ransomamt ransomamtus ransompaid
        ransompaidus ransomnote hostkidoutcome hostkidoutcome_txt nreleased addnotes scite1 scite2 scite3 dbsource
        INT_LOG INT_IDEO INT_MISC INT_ANY related""".split(),
    "gdelt": [
        *"GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split(),
        *(f"Actor{n}{part}" for n in "12" for part in ACTOR.split()),
        *"IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources".split(),
        *"NumArticles AvgTone".split(),
        *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in GEO.split()),
        *"DATEADDED SOURCEURL".split(),
    ],
}
COUNTS = {"acled": 31, "ucdp": 49, "gtd": 135, "gdelt": 61}

LEFT_EMPTY = {
    "acled": set("inter1 inter2 interaction iso region admin3 source_scale tags timestamp".split()),
    "ucdp": set(
        """active_year code_status conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id dyad_name
        side_a_dset_id side_a_new_id side_b_dset_id side_b_new_id source_office source_headline where_description
        priogrid_gid country_id region event_clarity deaths_a deaths_b deaths_civilians deaths_unknown gwnoa
        gwnob""".split()
    ),
    "gtd": set(PUBLISHED["gtd"])
    - set(
        """eventid iyear imonth iday approxdate country_txt provstate city latitude longitude specificity vicinity
        location summary success suicide attacktype1 attacktype1_txt target1 target2 target3 gname gname2 gname3
        guncertain1 guncertain2 guncertain3 claimed claim2 claim3 weapdetail nkill nwound ishostkid nhostkid scite1 scite2
        scite3 dbsource""".split()
    ),
    "gdelt": set(PUBLISHED["gdelt"])
    - set(
        """GLOBALEVENTID SQLDATE MonthYear Year FractionDate Actor1Name Actor2Name EventCode EventBaseCode
        EventRootCode QuadClass NumMentions NumArticles ActionGeo_Type ActionGeo_FullName ActionGeo_Lat ActionGeo_Long
        SOURCEURL""".split()
    ),
}

BOMB = {
    "incident_id": "bomb", "event_type": "explosion_ied", "event_subtype": "suicide_bomb", "status": "accomplished",
    "date_start": "2024-02-07", "date_end": "2024-02-07", "date_precision": "day", "place_role": "happened",
    "place_name": "Mashtal", "admin1": "Baghdad", "country": "Iraq", "country_code": "IQ", "precision": "settlement",
    "where_prec": 1, "uncertainty_m": 2000.0, "confidence": 0.8, "killed_low": 3, "killed_best": 4, "killed_high": 6,
    "injured_best": 20, "abducted_best": 5, "perpetrators": ["Group A", "Group B", "Group C"],
    "claimed_by": ["Group A"], "blamed": ["Group B", "Group C"], "targets": ["a market", "police", "a bus"],
    "weapon": "vest", "sources": ["police", "a hospital"], "n_reports": 2, "evidence": "A bomb killed four.",
    "doc_id": "one", "source_url": "https://news.example/1", "published": "2024-02-08", "review_status": "unreviewed",
    "geometry": shapely.Point(44.51, 33.33),
}  # fmt: skip


def frame_of(*rows):
    full = [BOMB | row for row in rows]
    return coerce("incidents", pd.DataFrame({key: pd.Series([r[key] for r in full], dtype=object) for key in BOMB}))


def rows_of(scheme, *rows):
    stream = io.StringIO(newline="")
    dump(frame_of(*rows), stream, f".{scheme}.csv")
    return list(csv.DictReader(io.StringIO(stream.getvalue(), newline=""), strict=True))


def row_of(scheme, **values):
    (row,) = rows_of(scheme, values)
    return row


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_columns_are_the_published_ones_in_their_order(scheme):
    assert len(PUBLISHED[scheme]) == COUNTS[scheme]
    assert list(row_of(scheme)) == PUBLISHED[scheme]


VARIED = [
    {},
    {"incident_id": "kidnap", "event_type": "abduction", "event_subtype": "kidnapping"},
    {"incident_id": "district", "precision": "adm2", "where_prec": 3, "geometry": shapely.box(44, 33, 45, 34)},
    {"incident_id": "month", "date_start": "2024-02-01", "date_end": "2024-02-29", "date_precision": "month"},
    {"incident_id": "claims", "claimed_by": ["Group A", "Group B", "Group C"], "blamed": []},
]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_these_columns_are_left_empty_and_no_others(scheme):
    rows = rows_of(scheme, *VARIED)
    assert {column for column in PUBLISHED[scheme] if not any(row[column] for row in rows)} == LEFT_EMPTY[scheme]


def test_gtd_keeps_the_claimed_apart_from_the_suspected():
    row = row_of("gtd")
    assert (row["claimed"], row["guncertain1"], row["guncertain2"]) == ("1", "0", "1")


def test_gtd_holds_the_number_of_hostages():
    assert row_of("gtd")["nhostkid"] == "5"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_columns_that_are_left_empty_are_documented(scheme):
    assert SCHEMES[scheme].empty == LEFT_EMPTY[scheme]


def test_acled():
    row = row_of("acled")
    told = {
        "event_id_cnty": "bomb", "event_date": "2024-02-07", "year": "2024", "time_precision": "1",
        "disorder_type": "Political violence", "event_type": "Explosions/Remote violence",
        "sub_event_type": "Suicide bomb", "actor1": "Group A", "assoc_actor_1": "Group B; Group C", "actor2": "a market",
        "country": "Iraq", "admin1": "Baghdad", "location": "Mashtal", "latitude": "33.33", "longitude": "44.51",
        "geo_precision": "1", "source": "police; a hospital", "notes": "A bomb killed four.", "fatalities": "4",
    }  # fmt: skip
    assert {column: row[column] for column in told} == told


def test_ucdp():
    row = row_of("ucdp")
    told = {
        "id": "bomb", "relid": "bomb", "year": "2024", "type_of_violence": "", "side_a": "Group A; Group B; Group C",
        "number_of_sources": "2", "source_article": "https://news.example/1; A bomb killed four.",
        "where_prec": "1", "where_coordinates": "Mashtal", "adm_1": "Baghdad", "geom_wkt": "POINT (44.51 33.33)",
        "country": "Iraq", "date_prec": "1", "date_start": "2024-02-07", "date_end": "2024-02-07", "low": "3",
        "best": "4", "high": "6", "source_date": "2024-02-08", "source_original": "police; a hospital",
    }  # fmt: skip
    assert {column: row[column] for column in told} == told


def test_gtd():
    row = row_of("gtd")
    told = {
        "eventid": "bomb", "iyear": "2024", "imonth": "2", "iday": "7", "approxdate": "", "country_txt": "Iraq",
        "provstate": "Baghdad", "city": "Mashtal", "latitude": "33.33", "specificity": "1", "vicinity": "0",
        "success": "1", "suicide": "1", "attacktype1": "3", "attacktype1_txt": "Bombing/Explosion", "gname": "Group A",
        "gname3": "Group C", "target2": "police", "weapdetail": "vest", "nkill": "4", "nwound": "20",
        "scite1": "https://news.example/1", "scite2": "police", "crit1": "",
    }  # fmt: skip
    assert {column: row[column] for column in told} == told


def test_gdelt():
    row = row_of("gdelt")
    told = {
        "GLOBALEVENTID": "bomb", "SQLDATE": "20240207", "MonthYear": "202402", "Year": "2024",
        "FractionDate": "2024.1836", "Actor1Name": "Group A", "Actor2Name": "a market", "EventCode": "1831",
        "EventBaseCode": "183", "EventRootCode": "18", "QuadClass": "4", "NumMentions": "2", "ActionGeo_Type": "4",
        "ActionGeo_FullName": "Mashtal, Baghdad, Iraq", "ActionGeo_Lat": "33.33", "ActionGeo_Long": "44.51",
        "SOURCEURL": "https://news.example/1",
    }  # fmt: skip
    assert {column: row[column] for column in told} == told


PERIODS = {1: ("1", "1"), 3: ("2", "2"), 7: ("2", "3"), 29: ("3", "4"), 200: ("", "5"), 500: ("", "")}


@pytest.mark.parametrize("days", PERIODS)
def test_the_precision_of_a_date_follows_the_days_between_which_it_lies(days):
    last = dt.date(2024, 2, 1) + dt.timedelta(days - 1)
    row = {"date_start": "2024-02-01", "date_end": last.isoformat(), "date_precision": "range"}
    acled, ucdp = row_of("acled", **row), row_of("ucdp", **row)
    assert (acled["time_precision"], ucdp["date_prec"]) == PERIODS[days]
    assert bool(acled["event_date"]) == bool(acled["time_precision"])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_unknown_date_stays_unknown(scheme):
    row = row_of(scheme, date_start=None, date_end=None, date_precision="unknown", date_text=None)
    columns = (
        "event_date year time_precision date_prec date_start iyear imonth iday SQLDATE MonthYear Year FractionDate"
    )
    assert not any(row.get(column) for column in columns.split())


def test_a_month_is_no_day():
    month = {"date_start": "2024-02-01", "date_end": "2024-02-29", "date_precision": "month"}
    gtd, gdelt = row_of("gtd", **month), row_of("gdelt", **month)
    assert (gtd["imonth"], gtd["iday"], gtd["approxdate"]) == ("2", "0", "2024-02-01 to 2024-02-29")
    assert (gdelt["SQLDATE"], gdelt["MonthYear"]) == ("", "202402")


WHERE = {
    "settlement": (1, ("1", "1", "1", "4")),
    "near": (2, ("2", "2", "1", "4")),
    "adm2": (3, ("2", "3", "3", "")),
    "adm1": (4, ("3", "4", "4", "5")),
    "region": (5, ("3", "5", "5", "")),
    "country": (6, ("3", "6", "5", "1")),
    "water": (7, ("3", "7", "5", "")),
}


@pytest.mark.parametrize("precision", WHERE)
def test_the_precision_of_a_place_in_each_scheme_s_numbers(precision):
    where_prec, wanted = WHERE[precision]
    area = {"precision": precision, "where_prec": where_prec}
    if where_prec > 2:
        area["geometry"] = shapely.box(44, 33, 45, 34)
    columns = {"acled": "geo_precision", "ucdp": "where_prec", "gtd": "specificity", "gdelt": "ActionGeo_Type"}
    assert tuple(row_of(scheme, **area)[column] for scheme, column in columns.items()) == wanted


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_area_is_put_on_a_point(scheme):
    row = row_of(scheme, precision="country", where_prec=6, geometry=shapely.box(39, 29, 48, 37))
    columns = "latitude longitude geom_wkt ActionGeo_Lat ActionGeo_Long"
    assert not any(row.get(column) for column in columns.split())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_incident_of_several_places_is_one_row_at_the_best(scheme):
    country = {"place_name": "Iraq", "precision": "country", "where_prec": 6, "geometry": shapely.box(39, 29, 48, 37)}
    origin = {"place_name": "Basra", "place_role": "origin", "geometry": shapely.Point(47.8, 30.5)}
    (row,) = rows_of(scheme, country, origin, {})
    assert "Mashtal" in (row.get("location"), row.get("where_coordinates"), row.get("city")) or row[
        "ActionGeo_FullName"
    ].startswith("Mashtal")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_where_it_came_from_is_not_where_it_happened(scheme):
    row = row_of(scheme, place_role="origin", place_name="Basra")
    assert "Basra" not in row.values()
    assert "33.33" not in row.values()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("status", ["threatened", "planned", "denied"])
def test_what_has_not_happened_is_left_out_and_said(scheme, status):
    with pytest.warns(LossWarning, match="1 of 2 incidents are left out"):
        rows = rows_of(scheme, {}, {"incident_id": "b", "status": status})
    assert len(rows) == 1


def test_an_attempt_is_told_as_one():
    assert row_of("gtd", status="attempted")["success"] == "0"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", ["natural_disaster", "accident"])
def test_kinds_that_no_scheme_holds_are_left_out_and_said(scheme, kind):
    with pytest.warns(LossWarning, match="left out"):
        assert rows_of(scheme, {"event_type": kind, "event_subtype": None}) == []


def test_ged_needs_a_death():
    with pytest.warns(LossWarning, match="organised violence with a death"):
        assert rows_of("ucdp", {"killed_low": 0, "killed_best": None, "killed_high": None}) == []
    assert row_of("ucdp", killed_low=0, killed_best=None, killed_high=1)["high"] == "1"


def test_deaths_that_nobody_counted_are_not_nought():
    assert row_of("acled", killed_low=None, killed_best=None, killed_high=None)["fatalities"] == ""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_cell_runs_in_a_spreadsheet(scheme):
    row = row_of(scheme, perpetrators=["=1+1"], place_name="@SUM(A1)", incident_id="+1", evidence="-1", sources=["=2"])
    texts = [cell for cell in row.values() if cell]
    assert "'=1+1" in texts
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in texts)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_another_layer_is_refused(scheme, reports, tmp_path):
    with pytest.raises(UsageError, match="export the incidents"):
        write(layers(reports), tmp_path / f"a.{scheme}.csv", layer="places")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_layers_without_incidents_give_a_header(scheme, tmp_path):
    path = write(layers([]), tmp_path / f"a.{scheme}.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream)) == [PUBLISHED[scheme]]


def test_the_crosswalk_has_every_type_and_only_our_subtypes():
    assert {kind for kind, _ in crosswalk()} == set(EVENT_TYPES)
    assert all((kind, "") in crosswalk() for kind in EVENT_TYPES)
    assert all(subtype in SUBTYPES[kind] for kind, subtype in crosswalk() if subtype)


def test_a_subtype_that_is_not_in_the_crosswalk_is_as_its_type():
    assert counterpart("armed_clash", "offensive") == counterpart("armed_clash", None) == counterpart("armed_clash", "")
    assert counterpart("armed_clash", "ambush").cameo == "193"
    assert counterpart("meteor", None) is None


DISORDER = {"", "Political violence", "Demonstrations", "Strategic developments", "Political violence; Demonstrations"}
PLOVER = {
    "", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip
CAMEO = set(
    "010 057 140 141 143 145 154 171 1712 173 180 181 182 1821 183 1831 1832 1833 186 190 192 193 194 195 1952 202".split()
)


@pytest.mark.parametrize("row", [pytest.param(row, id="-".join(key)) for key, row in crosswalk().items()])
def test_the_crosswalk_s_words_are_those_of_the_schemes(row):
    assert row.acled_sub_event in ("", *ACLED_SUB_EVENTS.get(row.acled_event, ()))
    assert bool(row.acled_event) or not row.acled_sub_event
    assert row.acled_disorder in DISORDER
    assert row.plover in PLOVER
    assert row.cameo in CAMEO | {""}
    assert row.gtd_attacktype in {"", *GTD_ATTACK_TYPES}
    assert row.ucdp_violence in ("", "yes")


def test_acled_has_six_types_and_twenty_five_sub_types():
    assert len(ACLED_SUB_EVENTS) == 6
    assert sum(map(len, ACLED_SUB_EVENTS.values())) == 25


def test_one_row_an_incident_from_reports(reports, tmp_path):
    bomb = dataclasses.replace(reports[0].incidents[0], event_type="explosion_ied", event_subtype="car_bomb")
    built = layers([dataclasses.replace(reports[0], incidents=(bomb,))])
    with write(built, tmp_path / "a.gtd.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["city"], row["attacktype1"], row["nkill"]) == ("Mashtal", "3", "3")
