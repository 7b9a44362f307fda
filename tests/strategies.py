"""Hypothesis strategies: statements of every shape, weights, and whole scenarios composed of them.

A scenario is the mapping that its file holds, so that a law can change it and run it again. All quantities
are positive and stay away from 0, so that every ratio is estimable and has an inverse.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

import contested
from contested.answers.result import Result
from running import quietly

Document = dict[str, Any]

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

WORLDS = 4096  # 256 points in each of 16 replicates: enough to see a law, cheap enough for hundreds of runs

_SHAPES: Mapping[str, Callable[[float, float], Document]] = {  # (centre, spread) -> statement
    "point": lambda m, s: {"value": m},
    "lognormal": lambda m, s: {"low": m / (1 + s), "high": m * (1 + s)},
    "lognormal by moments": lambda m, s: {"mean": m, "sd": m * s / 2, "shape": "lognormal"},
    "normal": lambda m, s: {"low": m * (1 - s / 5), "high": m * (1 + s / 5), "shape": "normal"},
    "normal by moments": lambda m, s: {"mean": m, "sd": m * s / 10},
    "truncated normal": lambda m, s: {"mean": m, "sd": m * s, "min": m / 4},
    "gamma": lambda m, s: {"mean": m, "sd": m * s / 2, "shape": "gamma"},
    "beta": lambda m, s: {"low": m / (1 + s), "high": m * (1 + s), "min": 0, "max": 4 * m},
    "beta by moments": lambda m, s: {"mean": m, "sd": m * s / 3, "min": 0, "max": 3 * m, "shape": "beta"},
    "logit-normal": lambda m, s: {
        "low": m / (1 + s), "high": m * (1 + s), "min": 0, "max": 4 * m, "shape": "logit-normal",
    },
    "J-QPD-S": lambda m, s: {"low": m / (1 + s), "best": m, "high": m * (1 + 2 * s)},
    "J-QPD-B": lambda m, s: {"low": m / (1 + s), "best": m, "high": m * (1 + 2 * s), "min": 0, "max": 6 * m},
    "split-lognormal": lambda m, s: {
        "low": m / (1 + s), "best": m, "high": m * (1 + 2 * s),
        "shape": "split-lognormal", "splice": "median",
    },
    "Fechner": lambda m, s: {
        "low": m / (1 + s), "best": m, "high": m * (1 + s),
        "shape": "split-lognormal", "splice": "mode",
    },
    "within a percentage": lambda m, s: {"best": m, "within": f"{100 * s:.3g}%"},
    "within an amount": lambda m, s: {"best": m, "within": m * max(s, 0.1) / 5 + 2},
    "uniform": lambda m, s: {"min": m / (1 + s), "max": m * (1 + s)},
    "triangular": lambda m, s: {
        "min": m / (1 + s), "mode": m, "max": m * (1 + s), "shape": "triangular",
    },
    "PERT": lambda m, s: {"min": m / (1 + s), "mode": m, "max": m * (1 + s)},
    "log-metalog": lambda m, s: {"quantiles": {0.05: m / (1 + s), 0.5: m, 0.95: m * (1 + s)}, "min": 0},
    "logit-metalog": lambda m, s: {"quantiles": {0.1: m / (1 + s), 0.8: m * (1 + s)}, "min": 0, "max": 5 * m},
    "least squares": lambda m, s: {
        "quantiles": {0.05: m / (1 + s), 0.5: m, 0.95: m * (1 + s)}, "shape": "lognormal",
    },
    "mixture": lambda m, s: {
        "mixture": {
            "pick": "hump",
            "of": [
                {"low": m / (1 + s), "high": m, "weight": 3},
                {"low": m * (1 + s), "high": m * (1 + 2 * s), "weight": 4},
            ],
        }
    },
}  # fmt: skip


def statements(centre: float = 20.0, *, without: Sequence[str] = ()) -> st.SearchStrategy[Document]:
    """A literal statement of any shape but those left out, near a centre, with its reason."""
    kinds = [build for name, build in _SHAPES.items() if name not in without]
    factors, spreads = st.sampled_from([0.6, 1.0, 1.7]), st.sampled_from([0.05, 0.2, 0.5])
    return st.builds(
        lambda build, factor, spread: {**build(centre * factor, spread), "because": "generated"},
        st.sampled_from(kinds), factors, spreads,
    )  # fmt: skip


def whole_weights(sources: Sequence[str]) -> st.SearchStrategy[dict[str, int]]:
    """Whole-number weights of one dispute, not all zero."""
    each = st.lists(st.integers(0, 9), min_size=len(sources), max_size=len(sources)).filter(any)
    return each.map(lambda numbers: dict(zip(sources, numbers, strict=True)))


def uneven_weights(sources: Sequence[str]) -> st.SearchStrategy[dict[str, int]]:
    """Positive weights whose running sums keep away from every level that a report asks for.

    Two sources far apart that split the mass exactly at a printed level leave that quantile anywhere
    between them: a number that no Monte Carlo error describes.
    """
    cuts = {2: [(2, 5), (3, 4), (5, 2)], 3: [(1, 2, 4), (2, 4, 1), (2, 2, 3), (4, 1, 2)]}
    return st.sampled_from(cuts[len(sources)]).map(lambda numbers: dict(zip(sources, numbers, strict=True)))


def _formulas(sources: Sequence[str], index: int) -> list[str]:
    """Formulas that the claim of one source may be."""
    found = ["reported * error", "level * scale", "level * drift + scale", "scale * exp(error - 1)"]
    if index:
        found += [f"{sources[0]} * error", f"max({sources[0]}, level) * drift"]
    return found


@st.composite
def scenarios(draw: st.DrawFn, *, formulas: bool = True, kind: str = "equal-tailed") -> Document:
    """Disputes, sources, inputs, figures of every shape, estimates, questions and a weighting.

    Parameters
    ----------
    formulas : bool
        Whether claims may be formulas: of inputs drawn once or per figure, a fact with a range, or
        another source's claim.
    """
    names = ["toll", "map"][: draw(st.integers(1, 2))]
    disputes = {dispute: [f"{dispute}_{i}" for i in range(draw(st.integers(2, 3)))] for dispute in names}
    figures = {
        f"figure_{i}": draw(_figures(draw(st.sampled_from([None, *names])), disputes, formulas=formulas))
        for i in range(draw(st.integers(2, 3)))
    }
    figures["figure_0"] = draw(_figures(names[0], disputes, formulas=formulas))
    document: Document = {
        "title": "Generated",
        "as_of": "2026-01-01",
        "seed": draw(st.integers(0, 3)),
        "disputes": {
            dispute: {"title": dispute, "sources": {source: source for source in sources}}
            for dispute, sources in disputes.items()
        },
        "default": "stated",
        "weightings": {
            "stated": {dispute: draw(uneven_weights(sources)) for dispute, sources in disputes.items()}
        },
        "figures": figures,
        "estimates": draw(_estimates()),
        "questions": {"larger": {"title": "larger", "formula": "figure_0 >= figure_1"}},
        "report": {"levels": [0.5, 0.9], "kind": kind},
        "sampling": {"tolerance": 0.001, "max_draws": WORLDS},
    }
    if formulas:
        document["register"] = "register.yaml"
        document["inputs"] = draw(_inputs())
        if draw(st.booleans()):
            rank = draw(st.sampled_from([-0.6, 0.5, 0.9]))
            document["correlations"] = [{"between": ["level", "error"], "rank": rank, "because": "shared"}]
    return document


REGISTER: Document = {
    "reported": {
        "low": 15, "high": 22, "publisher": "Somebody", "title": "A report", "date": "2025-06-01",
    }
}  # fmt: skip


def _inputs() -> st.SearchStrategy[Document]:
    exact = ("point", "mixture")  # what has no one variable cannot be correlated
    per_figure = st.sampled_from(["once", "per_figure"])
    return st.fixed_dictionaries(
        {
            "error": statements(1.0, without=(*exact, "within an amount")),
            "level": statements(20.0, without=exact),
            "scale": statements(1.2, without=("within an amount",)),
            "drift": st.builds(
                lambda statement, drawn: {**statement, "drawn": drawn},
                statements(1.0, without=("within an amount",)), per_figure,
            ),
        }
    )  # fmt: skip


@st.composite
def _figures(
    draw: st.DrawFn, dispute: str | None, disputes: Mapping[str, Sequence[str]], *, formulas: bool
) -> Document:
    if dispute is None:
        return {"title": "agreed", "agreed": draw(statements())}
    sources, claims = disputes[dispute], {}
    for index, source in enumerate(sources):
        claims[source] = draw(statements())
        if formulas and draw(st.booleans()):
            claims[source] = {"formula": draw(st.sampled_from(_formulas(sources, index)))}
    return {"title": "disputed", "dispute": dispute, "claims": claims}


def _estimates() -> st.SearchStrategy[Document]:
    pool = [
        "figure_0 + figure_1",
        "figure_0 * figure_1",
        "figure_0 / (figure_0 + figure_1)",
        "(figure_0 - figure_1) / figure_1",
        "sqrt(figure_0) * figure_1",
        "ratio / figure_1",
        "max(figure_0, figure_1)",
    ]
    several = st.lists(st.sampled_from(pool), min_size=1, max_size=2, unique=True)
    return several.map(
        lambda formulas: {
            "ratio": {"title": "ratio", "formula": "figure_0 / figure_1"},
            **{f"other_{i}": {"title": "other", "formula": text} for i, text in enumerate(formulas)},
        }
    )


def run(document: Document, **settings: Any) -> Result:
    """Write a scenario beside its register, and run it to the most worlds it allows."""
    with TemporaryDirectory() as folder:
        Path(folder, "register.yaml").write_text(_text(REGISTER), encoding="utf-8")
        path = Path(folder, "generated.yaml")
        path.write_text(_text(document), encoding="utf-8")
        return quietly(contested.load(path), **settings)


def _text(document: Document) -> str:
    return yaml.dump(document, Dumper=_DUMPER, sort_keys=False, allow_unicode=True)


def changed(document: Document, change: Callable[[Document], object]) -> Document:
    """A copy with something changed."""
    copied = copy.deepcopy(document)
    change(copied)
    return copied


def laws(examples: int) -> settings:
    """Settings of a law: the same examples every time, however long the first ones take."""
    return settings(
        max_examples=examples, derandomize=True, deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
