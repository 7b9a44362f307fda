"""A page that holds the sliders and nothing else, and what is read off it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import contested
from contested.answers.distribution import Summary
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.report.interactive.fragment import Fragment, runtime
from contested.report.interactive.sliders import Sliders
from contested.report.plain import plain

if TYPE_CHECKING:
    from playwright.sync_api import Page

CONFIGS = Path(__file__).parents[1] / "configs"
THIRD = 5e-4  # half a unit of the third digit of 9.99…, the least that a third digit can be of a number
UNKNOWN = 1e-6  # of a probability's own digits, single precision in its replicates apart

Weights = Mapping[str, Mapping[str, float]]


@cache
def shipped(name: str) -> Result:
    """A shipped scenario's result."""
    return contested.load(CONFIGS / f"{name}.yaml").run()


@cache
def _runtime() -> str:
    return runtime()


def written(result: Result, folder: Path, name: str = "page.html") -> Path:
    """The page of a result."""
    part = Fragment.of(Sliders.of(result))
    page = folder / name
    page.write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sliders</title>'
        f'<meta name="viewport" content="width=device-width"><style>{part.style}</style></head>'
        f"<body><main>{part.html}</main><script>{_runtime()}</script><script>{part.script}</script></body></html>",
        encoding="utf-8",
    )
    return page


def opened(page: Page, file: Path, address: str = "") -> None:
    """Goes to a page and waits until its picture stands."""
    page.goto(file.as_uri() + address)
    page.wait_for_selector("#interactive-chart svg path")


@dataclass(frozen=True, slots=True)
class Shown:
    """The unrounded numbers that stand in a page.

    Attributes
    ----------
    rows : list of list of float
        Of the estimate, or what stands for it: the median, then the ends of each piece of each interval.
    probabilities : mapping of str to float
        Of the questions that have one.
    uppers : mapping of str to float
        Of those that have an upper limit.
    weights : mapping
        Dispute to source to the share on its slider.
    """

    rows: list[list[float]]
    probabilities: dict[str, float]
    uppers: dict[str, float]
    weights: dict[str, dict[str, float]]


_READ = """() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const rows = all('#interactive-numbers tbody tr').map((row) =>
    all('[data-value]', row).map((cell) => Number(cell.dataset.value)));
  const asked = (key) => Object.fromEntries(all(`#interactive-questions td[data-${key}]`).map((cell) =>
    [cell.dataset.question, Number(cell.dataset[key])]));
  const weights = {};
  for (const input of all('#interactive-sliders input')) {
    (weights[input.dataset.dispute] ??= {})[input.dataset.source] = Number(input.dataset.weight);
  }
  return [rows, asked('value'), asked('upper'), weights];
}"""


def shown(page: Page) -> Shown:
    """What stands in a page now."""
    found: list[Any] = page.evaluate(_READ)
    return Shown(*found)


def numbers(summary: Summary) -> list[float]:
    """A summary's numbers in the order of a row."""
    ends = [
        (piece.low, piece.high)
        for interval in summary.intervals
        for piece in (interval.pieces or (interval,))
    ]
    return [summary.median, *(end for pair in ends for end in dict.fromkeys(pair))]


def agree(found: Shown, result: Result, estimate: str) -> None:
    """That a page's numbers are those of a result, to three digits; probabilities to six."""
    answer = result.estimates[estimate]
    whole = [answer.summary] if answer.estimable else [answer.inverse, answer.given_positive_denominator]
    expected = [numbers(summary) for summary in whole if summary is not None]
    assert [len(row) for row in found.rows] == [len(row) for row in expected]
    for row, own in zip(found.rows, expected, strict=True):
        for value, wanted in zip(row, own, strict=True):
            assert abs(value - wanted) <= THIRD * abs(wanted), (estimate, value, wanted)
    for name, question in result.questions.items():
        if isinstance(question, Probability) and result.rule == "linear":
            assert abs(found.probabilities[name] - question.value) <= UNKNOWN, name
            assert (name in found.uppers) == (question.upper is not None)


def listed(result: Result, weights: Weights) -> Weights:
    """A result's weights as they are given: without the share of none of these, which nobody gives."""
    return {
        dispute: {
            source: weight
            for source, weight in own.items()
            if source in result.study.disputes[dispute].listed
        }
        for dispute, own in weights.items()
    }


def title(result: Result, estimate: str) -> str:
    """An estimate's title as a page shows it."""
    return plain(result.study.estimates[estimate].title)
