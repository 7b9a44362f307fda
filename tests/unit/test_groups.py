"""Groups: what an estimate's value rests on, by name, and few enough to enumerate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from contested.engine.groups import MOST_GROUPS, OTHERS, Group, elements, grouping, union
from contested.engine.model import Model, Quantity
from running import agreed, disputed, modelled, propagation

SPREAD = {"low": 1, "high": 2, "because": "judged"}
SOURCES = {"title": "who", "sources": {"a": "A", "b": "B"}}


def estimate(model: Model, name: str = "y") -> Quantity:
    return next(q for q in model.quantities if q.kind == "estimate" and q.name == name)


def found(folder: Path, figures: Mapping[str, Any], formula: str, **more: Any) -> dict[str, Group]:
    model = modelled(folder, propagation(figures, {"y": formula}, **more))
    return {group.name: group for group in elements(model, estimate(model))}


def formula(text: str) -> dict[str, str]:
    return {"formula": text}


def test_an_input_drawn_per_figure_is_one_group_with_all_its_draws(tmp_path: Path) -> None:
    figures = agreed(f=formula("drift * level"), g=formula("drift"))
    inputs = {"drift": {**SPREAD, "drawn": "per_figure"}, "level": SPREAD, "idle": SPREAD}
    groups = found(tmp_path, figures, "f / g", inputs=inputs)
    assert list(groups) == ["drift", "level"]
    assert groups["drift"].places == ("inputs.drift@f", "inputs.drift@g")


def test_literal_claims_are_one_group_even_where_a_formula_names_one(tmp_path: Path) -> None:
    figures = {
        "shared": disputed("who", {"a": {"low": 1, "high": 2}, "b": {"low": 2, "high": 3}}),
        "apart": disputed("who", {"a": {"low": 1, "high": 2}, "b": {"low": 2, "high": 3}}),
    }
    groups = found(tmp_path, figures, "shared + apart + apart.a", disputes={"who": SOURCES})
    assert list(groups) == ["who", "apart", "shared"]
    assert groups["who"] == Group("who", ("who",))
    for name in ("apart", "shared"):
        assert groups[name].places == (f"figures.{name}.claims.a", f"figures.{name}.claims.b")


def test_exact_numbers_and_formulas_are_no_groups(tmp_path: Path) -> None:
    figures = agreed(f={"value": 3}, g=formula("2 * level"))
    assert list(found(tmp_path, figures, "f * g", inputs={"level": SPREAD})) == ["level"]


def test_a_pick_is_a_group_beside_what_it_picks_from(tmp_path: Path) -> None:
    parts = [{"low": 1, "high": 2, "weight": 1}, {"low": 3, "high": 4, "weight": 1}]
    figures = agreed(f={"mixture": {"pick": "definition", "of": parts}})
    groups = found(tmp_path, figures, "f")
    assert list(groups) == ["definition", "f"]
    assert groups["f"].places == tuple(f"figures.f.agreed.mixture.of[{i}]" for i in (0, 1))


def test_a_mixture_drawn_per_figure_is_one_group(tmp_path: Path) -> None:
    parts = [{"low": 1, "high": 2, "weight": 1}, {"low": 3, "high": 4, "weight": 1}]
    inputs = {"lag": {"mixture": {"pick": "which", "of": parts}, "drawn": "per_figure", "because": "judged"}}
    groups = found(tmp_path, agreed(f=formula("lag"), g=formula("lag")), "f * g", inputs=inputs)
    assert list(groups) == ["lag", "which"] and len(groups["lag"].places) == 4


def test_a_name_that_two_things_have_is_told_by_its_kind(tmp_path: Path) -> None:
    figures = {"who": disputed("who", {"a": {"low": 1, "high": 2}, "b": {"low": 2, "high": 3}})}
    assert list(found(tmp_path, figures, "who", disputes={"who": SOURCES})) == ["who", "who (figure)"]


def test_variables_of_a_t_copula_are_one_group_with_their_scale(tmp_path: Path) -> None:
    tie = {"between": ["x", "y1"], "because": "shared"}
    figures = agreed(x={"low": 1, "high": 2}, y1={"low": 1, "high": 2})
    t = {**tie, "kendall": 0.5, "copula": "t", "df": 4}
    groups = found(tmp_path, figures, "x + y1", correlations=[t])
    assert list(groups) == ["x + y1"]
    assert "copulas.figures.x.agreed" in groups["x + y1"].places
    gaussian = {**tie, "rank": 0.5}
    assert list(found(tmp_path, figures, "x + y1", correlations=[gaussian])) == ["x", "y1"]


def test_t_copulas_that_meet_in_a_figures_claims_are_one_group(tmp_path: Path) -> None:
    """A figure's claims are learnt together, so what each of two copulas ties to one of them is too."""
    figures = {
        "f": disputed("who", {"a": {"low": 1, "high": 2}, "b": {"low": 2, "high": 3}}),
        **agreed(x={"low": 1, "high": 2}, y1={"low": 1, "high": 2}, z={"low": 1, "high": 2}),
    }
    ties = [
        {"between": pair, "kendall": 0.5, "copula": "t", "df": 4, "because": "shared"}
        for pair in (["f.a", "x"], ["f.b", "y1"])
    ]
    groups = found(tmp_path, figures, "f * x * y1 * z", disputes={"who": SOURCES}, correlations=ties)
    assert list(groups) == ["who", "f + x + y1", "z"]
    assert len(groups["f + x + y1"].places) == 6


def many(folder: Path, inputs: int, *, disputes: Sequence[str]) -> Model:
    """Each dispute has a figure of its own with some inputs; one more input is shared by all."""
    names = {d: [f"{d}_{i}" for i in range(inputs)] for d in disputes}
    figures = {
        f"f_{d}": disputed(d, {s: formula(" * ".join([*own, "common"])) for s in "ab"})
        for d, own in names.items()
    }
    return modelled(
        folder,
        propagation(
            figures,
            {"y": " + ".join(figures)},
            disputes=dict.fromkeys(disputes, SOURCES),
            inputs={name: SPREAD for own in (["common"], *names.values()) for name in own},
        ),
    )


def refuse(groups: Sequence[Group]) -> list[float]:
    raise AssertionError("sizes are asked for only where nothing else makes the groups few")


def test_few_groups_stay_as_they_are(tmp_path: Path) -> None:
    model = many(tmp_path, 5, disputes=["d"])
    chosen = grouping(model, estimate(model), refuse)
    assert chosen.merging is None and len(chosen.groups) == 7


def test_many_inputs_are_grouped_by_dispute(tmp_path: Path) -> None:
    model = many(tmp_path, 4, disputes=["d", "e"])
    chosen = grouping(model, estimate(model), refuse)
    assert [group.name for group in chosen.groups] == ["d", "e", "d values", "e values", "shared inputs"]
    assert chosen.groups[2].places == tuple(f"inputs.d_{i}" for i in range(4))
    assert chosen.groups[4].places == ("inputs.common",)
    assert chosen.merging is not None


def test_then_choices_go_with_their_values(tmp_path: Path) -> None:
    model = many(tmp_path, 2, disputes=["d", "e", "f", "g"])
    chosen = grouping(model, estimate(model), refuse)
    assert [group.name for group in chosen.groups] == ["d", "e", "f", "g", "shared inputs"]
    assert chosen.groups[0] == Group("d", ("d",), ("inputs.d_0", "inputs.d_1"))


def test_then_the_smallest_are_taken_together(tmp_path: Path) -> None:
    model = many(tmp_path, 1, disputes=list("abcdefghi"))

    def sizes(groups: Sequence[Group]) -> list[float]:
        return [float(group.name in "cegi") for group in groups]

    chosen = grouping(model, estimate(model), sizes)
    assert [group.name for group in chosen.groups] == ["a", "b", "c", "d", "e", "g", "i", OTHERS]
    assert len(chosen.groups) == MOST_GROUPS
    assert chosen.groups[-1].disputes == ("f", "h")
    assert chosen.merging == "the 3 smallest of 10 are taken together: f, h, shared inputs"


def test_no_grouping_loses_or_repeats_anything(tmp_path: Path) -> None:
    for disputes in (["d"], ["d", "e"], list("defg"), list("abcdefghi")):
        model = many(tmp_path, 3, disputes=disputes)
        quantity = estimate(model)
        chosen = grouping(model, quantity, lambda groups: [0.0] * len(groups))
        whole = union("", elements(model, quantity))
        assert union("", chosen.groups) == whole
        assert len({*whole.places}) == len(whole.places)


@pytest.mark.parametrize("order", ["x * level", "level * x"])
def test_groups_do_not_depend_on_the_order_of_a_formula(tmp_path: Path, order: str) -> None:
    assert list(found(tmp_path, agreed(x={"low": 1, "high": 2}), order, inputs={"level": SPREAD})) == [
        "level",
        "x",
    ]
