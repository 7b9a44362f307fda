"""Pictures as files: all or none, and inert whatever titles hold."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import altair as alt
import pytest
import vl_convert
from jsonschema import ValidationError

import contested
from contested.answers.bounds import Bound
from contested.answers.compare import compare
from contested.answers.comparison import Comparison
from contested.errors import ContestedError
from contested.language.nodes import Sampling
from contested.report.charts import export
from contested.report.charts.chart import chart
from contested.report.charts.export import (
    charts_of,
    png_bytes,
    refuse_unfit,
    spec_text,
    svg_text,
    write_charts,
)
from contested.report.charts.forest import forest
from contested.report.charts.layers import Specification
from contested.report.charts.theme import INK, LOOKS, MUTED, NARROW, PALETTE, PAPER, WIDE, Look
from contested.report.manifest import is_saved_run
from contested.report.plain import plain
from drawn import DISPUTED, drawn, layers, valid

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "quotes": """a "double" and a 'single' & an &amp;""",
    "hebrew": "מקור אוקראיני",
    "emoji": "🪖 Kyiv 👩‍🚀",
    "long": "Every word of it " * 31,
    "markup": r"\\textbf{x} **bold** [a](javascript:alert(1)) {{ 7*7 }} %s",
}


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return drawn(tmp_path_factory.mktemp("export"))


@pytest.fixture
def two(comparison: Comparison) -> dict[str, Specification]:
    return {"forest": forest(comparison), "people": forest(comparison, "people")}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_svg_holds_labels_numbers_and_colours(comparison: Comparison) -> None:
    root = ElementTree.fromstring(svg_text(forest(comparison)))
    written = {text.text for text in root.iter(f"{SVG}text")}
    assert {"Kyiv", "without OSINT", "Named weightings", "Casualties per km² (people per km²)"} <= written
    colours = {element.get(name) for element in root.iter() for name in ("fill", "stroke")}
    assert {INK, MUTED, PAPER, *PALETTE[:5]} <= colours


def test_a_png_is_twice_as_fine_as_the_page(comparison: Comparison) -> None:
    found = png_bytes(forest(comparison))
    assert found.startswith(b"\x89PNG")
    assert 2 * 680 <= int.from_bytes(found[16:20], "big") <= 2 * 690


def test_a_specification_opens_in_any_editor(comparison: Comparison) -> None:
    found = json.loads(spec_text(forest(comparison)))
    assert "vega-lite" in found["$schema"]
    assert found["description"].startswith("Casualties per km²")
    assert alt.LayerChart.from_dict(found).to_dict()["layer"]


def test_a_chart_is_its_picture_and_held_against_the_schema(comparison: Comparison) -> None:
    for name, picture in charts_of(comparison, looks=[WIDE]).items():
        found = chart(picture).to_dict()
        tables = found.pop("datasets")
        shown = [{**each, "data": {"values": tables[each["data"]["name"]]}} for each in found["layer"]]
        assert shown == picture["layer"], name
        assert found["config"].pop("view").items() >= picture["config"]["view"].items()
        assert {**found["config"], "view": picture["config"]["view"]} == picture["config"]
        framed = picture.keys() - {"config", "layer"}
        assert {key: found[key] for key in framed} == {key: picture[key] for key in framed}
    misspelt = {**picture, "layer": [{**picture["layer"][0], "mark": {"type": "ruler"}}]}
    with pytest.raises(ValidationError):
        chart(misspelt)


def test_a_chart_can_be_changed(comparison: Comparison) -> None:
    found = comparison.forest().properties(title="Mine").configure_title(fontSize=20).to_dict()
    assert "Mine" in vl_convert.vegalite_to_svg(found)


def test_a_cut_title_is_cut_again_where_a_face_is_wider(hostile: Comparison) -> None:
    for picture in charts_of(hostile, looks=[NARROW]).values():
        for layer, held in layers(picture):
            if any(row.get("text", "").endswith("…") for row in held):
                assert 0 < layer["mark"]["limit"] <= NARROW.width


def test_no_picture_makes_a_request(comparison: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("a request")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert svg_text(forest(comparison))
    url = {"url": "https://example.org/rows.json"}
    elsewhere = {**forest(comparison), "layer": [{"data": url, "mark": "point"}]}
    with pytest.raises(ValueError, match="not allowed"):
        svg_text(elsewhere)
    assert "http" not in spec_text(forest(comparison)).replace("https://vega.github.io/schema", "")


def test_a_comparison_draws_itself(comparison: Comparison) -> None:
    whole = charts_of(comparison, "per_km2", looks=[WIDE])
    assert comparison.forest().to_dict() == chart(whole["forest-wide"]).to_dict()
    assert comparison.grid().to_dict() == chart(whole["grid-wide"]).to_dict()
    assert comparison.triangle("toll").to_dict() == chart(whole["triangle-toll-wide"]).to_dict()
    assert comparison.drivers().to_dict() == chart(whole["drivers-wide"]).to_dict()
    assert comparison.grid("people") is None


def test_all_pictures_of_an_estimate(comparison: Comparison) -> None:
    names_ = [
        "grid",
        "densities",
        "forest",
        "triangle-toll",
        "probabilities-toll",
        "triangle-map",
        "probabilities-map",
        "drivers",
    ]
    assert list(charts_of(comparison)) == [f"{name}-{look}" for look in ("wide", "narrow") for name in names_]
    assert "grid-wide" not in charts_of(comparison, "people")


def test_pictures_are_written_with_a_manifest(two: dict[str, Specification], tmp_path: Path) -> None:
    write_charts(tmp_path / "charts", two)
    files = [f"{name}{suffix}" for name in two for suffix in (".png", ".svg", ".vl.json")]
    assert names(tmp_path / "charts") == ["SHA256SUMS", *files]
    assert is_saved_run(tmp_path / "charts")
    assert (tmp_path / "charts" / "forest.svg").read_text(encoding="utf-8") == svg_text(two["forest"])


def test_only_pictures_are_replaced_and_only_by_force(two: dict[str, Specification], tmp_path: Path) -> None:
    place = tmp_path / "charts"
    write_charts(place, {"forest": two["forest"]})
    with pytest.raises(
        ContestedError, match=r"--charts: .* exists; choose another name, or replace saved charts with"
    ):
        refuse_unfit(place, force=False)
    write_charts(place, {"people": two["people"]}, force=True)
    assert names(place) == ["SHA256SUMS", "people.png", "people.svg", "people.vl.json"]
    (place / "mine.txt").write_text("mine")
    with pytest.raises(ContestedError, match="holds more than saved charts and is not replaced"):
        write_charts(place, two, force=True)
    assert (place / "mine.txt").read_text() == "mine"


def test_a_failure_leaves_nothing(
    two: dict[str, Specification], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(picture: Specification) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "png_bytes", fail)
    with pytest.raises(ContestedError, match=r"--charts: .* cannot be written: No space left on device"):
        write_charts(tmp_path / "charts", two)
    assert names(tmp_path) == []
    with pytest.raises(ContestedError, match="does not exist; make it first"):
        refuse_unfit(tmp_path / "none" / "charts", force=False)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    text = DISPUTED
    for old, kind in (
        ("Whose count", "markup"), ("Kyiv", "script"), ("Skeptics", "quotes"), ("OSINT", "hebrew"),
        ("ISW", "emoji"), ("DeepState", "long"), ("Casualties per km²", "long"), ("At least 99", "script"),
    ):  # fmt: skip
        assert f": {old}" in text
        text = text.replace(f": {old}", f": {json.dumps(HOSTILE[kind], ensure_ascii=False)}", 1)
    return drawn(tmp_path_factory.mktemp("hostile"), text)


@pytest.mark.parametrize("look", LOOKS)
def test_hostile_titles_are_inert_intact_and_within(hostile: Comparison, look: Look) -> None:
    """As Vega measures text, a picture is as wide as its look: nothing hangs over its edges."""
    whole = charts_of(hostile, looks=[look])
    said = " ".join(picture["description"] for picture in whole.values())
    assert all(title.strip() in said for title in HOSTILE.values())
    written = set()
    for name, picture in whole.items():
        root = ElementTree.fromstring(svg_text(picture))  # or it is not well-formed
        assert not list(root.iter(f"{SVG}script"))
        attributes = {key for element in root.iter() for key in element.attrib}
        assert not any("href" in key or key.startswith("on") for key in attributes)
        assert float(root.get("width", "")) <= look.width + 14, name
        assert json.loads(spec_text(picture))["description"] == picture["description"]
        written |= {text.text for text in root.iter(f"{SVG}text")}
    assert {HOSTILE["script"], plain(HOSTILE["hebrew"]), HOSTILE["emoji"]} <= written


ROOT = Path(__file__).parents[2]
SHIPPED = sorted(path for path in (ROOT / "configs").glob("*.yaml") if path.stem != "register")


QUICK = ("isw-2025", "exchange", "early-2025")


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.stem, marks=() if path.stem in QUICK else pytest.mark.slow)
        for path in (*SHIPPED, ROOT / "tests" / "configs" / "whole_example" / "early-2025.yaml")
    ],
)
def test_every_shipped_scenario_draws(path: Path) -> None:
    study = replace(contested.load(path).study, sampling=Sampling(tolerance=0.9, max_draws=1024))
    comparison = compare(study)
    for name, picture in charts_of(comparison, looks=[WIDE]).items():
        assert len(valid(picture)["description"]) > 60, name
        assert spec_text(picture)  # which refuses what is not finite
    odd = [
        name
        for name, answer in comparison.result.estimates.items()
        if isinstance(answer, Bound) or answer.summary is None
    ]
    for name in odd[:3]:
        assert spec_text(forest(comparison, name, NARROW))
