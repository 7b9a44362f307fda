"""What a page is put together from: pictures, scripts, groups, and the process that draws."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import urllib.parse
from xml.etree import ElementTree

import altair as alt
import pytest

from contested.language.repeated import Repeated
from contested.report.briefing.evidence import Citation, InputPage, Said
from contested.report.charts.theme import SENTINELS
from contested.report.interactive.fragment import Fragment
from contested.report.page import drawer
from contested.report.page.drawing import Drawing
from contested.report.page.grouping import grouped
from contested.report.page.pictures import PROPERTIES, dark_rules, inline, ordered
from contested.report.page.scripts import packed, policy

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5">'
    '<defs><clipPath id="clip0"><rect x="0.123456" y="0"/></clipPath></defs>'
    '<g clip-path="url(#clip0)" class="mark" role="graphics-object" aria-roledescription="text mark">'
    '<text font-family="Arial" fill="#1b1c1e" transform="translate(1.23456,2)">'
    '&lt;b&gt; fill="x" 1.23456 שלום</text>'
    "</g></svg>"
)


def test_a_picture_in_a_page_has_ids_of_its_own_and_its_text_whole() -> None:
    found = ElementTree.fromstring(inline(SVG, "forest"))
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


def test_a_drawing_process_draws_and_offers_what_it_drew() -> None:
    words = "</a>'\"&#%20<b> № 1"
    chart = alt.LayerChart(
        layer=[alt.Chart(alt.Data(values=[{"x": 1 / 3, "t": words}])).mark_text().encode(text="t:N")],
        description=words,
    )
    with Drawing() as drawing:
        (order,) = ordered({"one-wide": chart, "one-narrow": chart}, drawing)
        picture = order.picture()
    assert picture.name == "one"
    assert picture.description == words
    assert [each.text for each in ElementTree.fromstring(picture.wide).iter("text")] == [words]
    assert not set(picture.specification) & set("'<>#")
    kind, _, text = picture.specification.partition(",")
    assert kind == "data:application/json"
    rows = json.loads(urllib.parse.unquote(text))["data"]["values"]
    assert rows == [{"x": 0.333333, "t": words}]  # numbers keep six digits


def test_a_drawing_process_that_ends_early_is_an_error() -> None:
    def drawn() -> None:
        with Drawing() as drawing:
            drawing.svg({"mark": "no such mark"}).result()

    with pytest.raises(RuntimeError, match="ended before it had drawn all"):
        drawn()


def test_orders_are_answered_one_by_one() -> None:
    specification = alt.Chart(alt.Data(values=[{"x": 1}])).mark_point().to_dict()
    orders = io.StringIO("\n".join([json.dumps({"svg": specification})] * 2) + "\n")
    answers = io.StringIO()
    drawer.serve(orders, answers)
    found = [json.loads(line) for line in answers.getvalue().splitlines()]
    assert len(found) == 2
    assert all(each.startswith("<svg") for each in found)


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
