"""``mapper geoparse --explain``: candidates with their points, and the reasons, for people."""

from __future__ import annotations


def explained(command, tmp_path, text):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    return command("geoparse", path, "--explain", "--recogniser", "rules")


def test_each_name_has_its_candidates_and_the_reasons(command, tmp_path):
    said = explained(command, tmp_path, "A fire broke out in Bangor, Maine, on Sunday.").out
    first, *_ = (line for line in said.splitlines() if line.startswith("Bangor "))
    assert "Maine, United States" in first
    assert "PPL" in first
    assert "- the text puts it in Maine" in said


def test_a_name_that_no_gazetteer_has_is_said_to_be_so(command, tmp_path):
    said = explained(command, tmp_path, "Two people drowned at Qxwzt Lake near Mosul.").out
    assert "Mosul" in said
    assert "Traceback" not in said


def test_a_hostile_report_cannot_act_on_the_terminal(command, tmp_path):
    assert "\x1b" not in explained(command, tmp_path, "A blast in \x1b[31mMosul\x1b[0m, Iraq, killed two.").out


def test_it_has_no_other_format(command, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("Mosul.", encoding="utf-8")
    assert command("geoparse", path, "--explain", "--format", "jsonl").code == 2
