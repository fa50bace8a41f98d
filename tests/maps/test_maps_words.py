"""The page in four languages, from one table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mapper import maps
from mapper.errors import UsageError
from mapper.maps import assets
from mapper.maps.words import LANGUAGES, table

from .made_up import build, row, story

PLURALS = {
    "en": {"one", "other"},
    "fr": {"one", "other"},
    "es": {"one", "other"},
    "ar": {"two", "few", "many", "other"},
}
APP = "\n".join(path.read_text("utf-8") for path in (Path(assets.__file__).parent / "assets" / "app").glob("*.js"))


def forms(text):
    return text if isinstance(text, dict) else {"other": text}


def test_every_word_is_there_in_every_language():
    assert {key for key, words in table().items() if tuple(words) != LANGUAGES} == set()
    assert [key for key, words in table().items() for t in words.values() if not all(forms(t).values())] == []


def test_plural_forms_are_those_of_the_language():
    for key, words in table().items():
        for language, text in words.items():
            assert not isinstance(text, dict) or set(text) >= PLURALS[language], (key, language)


def test_the_same_values_are_filled_in_whatever_the_language():
    for key, words in table().items():
        holes = {frozenset(re.findall(r"\{\d\}", forms(text)["other"])) for text in words.values()}
        assert len(holes) == 1, key


def test_the_page_asks_for_no_word_that_is_not_there():
    asked = set(re.findall(r"\bt\(\"(\w+)\"", APP))
    assert len(asked) > 60
    assert asked <= set(table())


def test_a_language_that_the_page_does_not_speak_is_refused():
    with pytest.raises(UsageError, match="no words in 'tlh'"):
        maps.render(build([]), language="tlh")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("locale", "count", "way"),
    [
        ("fr-CA", "8 incidents", "ltr"),
        ("es-MX", "8 incidentes", "ltr"),
        ("ar-EG", "8 حوادث", "rtl"),
        ("de-DE", "8 incidents", "ltr"),
    ],
)
def test_the_page_speaks_the_language_of_the_browser(story_map, visit, locale, count, way):
    page = visit(story_map, locale=locale)
    assert page.locator("[data-count]").inner_text().startswith(count)
    assert page.evaluate("document.documentElement.dir") == way
    assert page.said == []


@pytest.mark.browser
@pytest.mark.parametrize(("title", "shown"), [(None, "Carte des incidents"), ("Week 6", "Week 6")])
def test_the_heading_is_in_the_language_of_the_page_unless_one_is_given(tmp_path, visit, title, shown):
    path = tmp_path / "m.html"
    maps.render(build([row("a")]), title=title).save(path)
    page = visit(path, locale="fr-FR")
    assert page.locator("h1").inner_text() == shown
    assert page.title() == shown


@pytest.mark.browser
def test_another_language_is_chosen_on_the_page_and_kept_in_its_address(story_map, visit):
    page = visit(story_map)
    page.locator('[data-incident-id="strike"]').click()
    page.get_by_label("Language").select_option("es")
    panel = page.locator("[data-panel]").inner_text()
    assert "7 de febrero de 2024" in panel
    assert "En represalia por" in panel
    again = visit(story_map, hash_="#" + page.url.split("#", 1)[1])
    assert again.locator("#language").input_value() == "es"
    assert again.evaluate("document.documentElement.lang") == "es"


@pytest.mark.browser
def test_in_arabic_no_word_of_the_interface_stays_english(tmp_path, visit):
    arabic = "انفجار"
    texts = dict.fromkeys(("place_name", "country", "evidence", "event_type", "doc_id", "date_text"), arabic)
    path = tmp_path / "m.html"
    maps.render(
        build([row("1", source_url=None, **texts), row("2", **texts, source_url=None, status="denied")], reports=[]),
        title=arabic,
        language="ar",
    ).save(path)
    page = visit(path)
    page.locator("details.filters").evaluate("box => { box.open = true }")
    page.locator("details.legend").evaluate("box => { box.open = true }")
    page.locator('[data-incident-id="1"]').click()
    seen = page.evaluate("document.body.innerText")
    names = {
        "GeoJSON",
        "CSV",
        "Natural",
        "Earth",
        "GeoNames",
        "Leaflet",
        "CC",
        "BY",
        "English",
        "Français",
        "Español",
        "km",
    }
    assert set(re.findall(r"[A-Za-zÀ-ÿ]{2,}", seen)) <= names
    assert 'lang="ar" dir="rtl"' in path.read_text("utf-8")


@pytest.mark.browser
def test_without_javascript_the_table_speaks_the_chosen_language(tmp_path, visit):
    path = tmp_path / "m.html"
    maps.render(story(), language="fr").save(path)
    page = visit(path, wait=False, java_script_enabled=False)
    assert "Frappe aérienne ou de drone" in page.locator("noscript").inner_text()
