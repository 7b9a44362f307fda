"""What a page is put together from: pictures, scripts, groups, and the process that draws."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import pickle
import urllib.parse
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import vl_convert
from markupsafe import Markup

import contested
from briefed import sampled
from contested.language.repeated import Repeated
from contested.report.briefing.evidence import Citation, InputPage, Said
from contested.report.briefing.tables import Tables
from contested.report.charts.export import charts_of
from contested.report.charts.layers import Specification, across, layer, mark, nominal
from contested.report.charts.theme import SENTINELS
from contested.report.interactive.fragment import Fragment
from contested.report.interactive.sliders import Sliders
from contested.report.page.drawer import Runtime, serve
from contested.report.page.drawing import Drawing
from contested.report.page.grouping import grouped
from contested.report.page.page import Disputed, _environment
from contested.report.page.pictures import PROPERTIES, dark_rules, inline, pictures
from contested.report.page.scripts import packed, policy
from contested.report.page.svg import drawn
from sample_scenarios import EXACT, written

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5">'
    '<defs><clipPath id="clip0"><rect x="0.123456" y="0"/></clipPath></defs>'
    '<g clip-path="url(#clip0)" class="mark" role="graphics-object" aria-roledescription="text mark">'
    '<text font-family="Arial" fill="#1b1c1e" transform="translate(1.23456,2)">'
    '&lt;b&gt; fill="x" 1.23456 שלום</text>'
    "</g></svg>"
)


def test_a_picture_in_a_page_has_ids_of_its_own_and_its_text_whole() -> None:
    found = ElementTree.fromstring(inline(ElementTree.fromstring(SVG), "forest"))
    assert [each.tag for each in found.iter()] == ["svg", "defs", "clipPath", "rect", "g", "text"]
    assert found.find(".//clipPath").attrib == {"id": "forest-clip0"}
    assert found.find("g").attrib == {"clip-path": "url(#forest-clip0)"}
    assert found.find(".//text").attrib == {"fill": "#1b1c1e", "transform": "translate(1.23,2)"}
    assert found.find(".//text").text == '<b> fill="x" 1.23456 שלום'


def test_every_colour_that_is_not_a_source_s_goes_dark() -> None:
    assert set(PROPERTIES) == set(SENTINELS)
    rules = dark_rules()
    for colour, name in PROPERTIES.items():
        assert f'svg [fill="{colour}"] {{ fill: var(--{name}); }}' in rules
        assert f'svg [stroke="{colour}"] {{ stroke: var(--{name}); }}' in rules


def _picture(words: str) -> Specification:
    rows = [{"x": 1 / 3, "t": words}, {"x": 2.0, "t": "two"}]
    free, cut = mark("text", align="left"), mark("text", align="left", limit=30.0)
    layers = [
        *(layer(rows, each, x=across(), text=nominal("t")) for each in (free, cut)),
        layer(rows, mark("point"), x=across()),
    ]
    return {"layer": layers, "description": words, "width": 400, "height": 40}


def test_a_picture_is_offered_as_the_specification_that_it_is_drawn_from() -> None:
    words = "</a>'\"&#%20<b> № 1"
    specified = _picture(words)
    (picture,) = pictures({"one-wide": specified, "one-narrow": specified})
    assert (picture.name, picture.description) == ("one", words)
    assert [each.text for each in ElementTree.fromstring(picture.wide).iter("text")][:2] == [words, "two"]
    assert not set(picture.specification) & set("'<>#")
    kind, _, text = picture.specification.partition(",")
    assert kind == "data:application/json"
    for each in json.loads(urllib.parse.unquote(text))["layer"]:
        rows = each["data"]["values"]
        assert rows == [{"x": 0.333333, "t": words}, {"x": 2.0, "t": "two"}]  # numbers keep six digits


def test_text_that_is_put_in_afterwards_stands_where_it_would() -> None:
    specified = _picture("words that are long enough to be cut")
    silent = {**specified, "config": {"aria": False}}
    whole = vl_convert.vegalite_to_svg(silent)
    assert "…" in whole
    expected = ElementTree.fromstring(whole)
    assert ElementTree.tostring(drawn(specified)) == ElementTree.tostring(expected)


def test_text_of_rows_without_a_mark_is_drawn_by_vega() -> None:
    specified = _picture("one")
    for each in specified["layer"]:
        each["data"]["values"].append({"x": None, "t": "nowhere"})
    texts = [each.text for each in drawn(specified).iter("{http://www.w3.org/2000/svg}text")]
    assert texts.count("one") == texts.count("two") == 2


def test_only_text_that_has_no_room_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[str] = []

    def convert(specification: dict[str, Any], **options: Any) -> str:
        texts = [layer for layer in specification["layer"] if layer["mark"]["type"] == "text"]
        measured.extend(row["t"] for layer in texts for row in layer["data"]["values"] if row["t"])
        return str(vegalite_to_svg(specification, **options))

    vegalite_to_svg = vl_convert.vegalite_to_svg
    monkeypatch.setattr(vl_convert, "vegalite_to_svg", convert)
    drawn(_picture("longer than it may be"))
    assert measured == ["longer than it may be"]


def test_a_drawing_process_answers_as_it_would_here(tmp_path: Path) -> None:
    comparison = contested.load(written(tmp_path, EXACT)).compare()
    more = {f"more-{size}": _picture("more") for size in ("wide", "narrow")}
    with Drawing() as drawing:
        shown = drawing.shown(comparison, more).result()
    found = shown.pictures
    assert shown.tables == Tables.of(comparison)
    assert shown.sliders.to_dict() == Sliders.of(comparison.result).to_dict()
    drawn_here = pictures({**charts_of(comparison), **more})
    assert found == {picture.name: picture for picture in drawn_here}
    assert {"forest", "densities", "more"} <= found.keys()


def test_a_drawing_process_that_ends_early_is_an_error() -> None:
    def told() -> None:
        with Drawing() as drawing:
            drawing.shown("no comparison").result()

    with pytest.raises(RuntimeError, match="ended before it had drawn all"):
        told()


def test_orders_are_answered_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("contested.report.interactive.fragment.runtime", lambda: "vega")
    orders, answers = io.BytesIO(pickle.dumps(Runtime()) * 2), io.BytesIO()
    serve(orders, answers)
    answers.seek(0)
    assert [pickle.load(answers).script, pickle.load(answers).script] == ["vega", "vega"]


def test_scripts_are_packed_the_same_every_time_and_known_by_their_hash() -> None:
    fragment = Fragment(html="", style="", script="start();")
    held, script = packed(fragment, "vega")
    assert packed(fragment, "vega") == (held, script)
    assert gzip.decompress(base64.b64decode(held)).decode() == script == "vega\nstart();"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    found = policy([script])
    assert found.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest}';" in found
    assert "unsafe-eval" not in found
    assert "script-src 'unsafe-inline'" not in found


def _input(name: str, judged: str = "", cited: tuple[Citation, ...] = ()) -> InputPage:
    said = Said(key=name, title=name, statement="1", shape="exact", quantiles=(), judged=judged, cited=cited)
    return InputPage(name=name, unit="", said=said)


def test_where_there_are_several_disputes_a_triangle_is_said_to_cover_its_own() -> None:
    template = _environment().get_template("simplex.html")
    for count in (1, 2):
        text = template.render(disputes=[Disputed("Whose count", True, [])] * count)
        assert ("The other disputes stay as weighted throughout" in text) is (count > 1)


def test_whether_it_hinges_on_sources_is_said_as_the_briefing_has_it(tmp_path: Path) -> None:
    _, briefing = sampled(tmp_path, EXACT)
    template = _environment().get_template("answer.html")
    text = template.render(briefing=briefing, months=None, colours={})
    assert '<p class="hinge">It hinges on whom one believes:</p>' in text
    other = replace(briefing, headline=replace(briefing.headline, hinge="Hardly & not"))
    text = template.render(briefing=other, months=None, colours={})
    assert '<p class="hinge">Hardly &amp; not:</p>' in text and "It hinges" not in text


def test_a_number_keeps_its_sign_and_a_day_its_month_on_a_line() -> None:
    template = _environment().from_string("{{ words }}")
    assert template.render(words="<1 % of 2,000 % on 8 August 2026, of 2026 August & 3 Mayors") == (
        "&lt;1\u00a0% of 2,000\u00a0% on 8\u00a0August 2026, of 2026 August &amp; 3 Mayors"
    )
    assert template.render(words=Markup("<b>1 %</b>")) == "<b>1 %</b>"


def test_what_every_period_has_stands_together() -> None:
    pages = [_input("a_1", "as told"), _input("bias"), _input("a_2", "as told"), _input("b_1", "one"),
             _input("b_2", "another"), _input("c_1")]  # fmt: skip
    repeated = {
        "a": Repeated(name="a", title="Count", names=("a_1", "a_2")),
        "b": Repeated(name="b", title="Other", names=("b_1", "b_2")),
        "c": Repeated(name="c", title="Once", names=("c_1",)),
    }
    found = grouped(pages, repeated)
    assert [(group.title, [page.name for page in group.pages], group.alike) for group in found] == [
        ("Count", ["a_1", "a_2"], True),
        ("", ["bias"], False),
        ("Other", ["b_1", "b_2"], False),
        ("", ["c_1"], False),
    ]
