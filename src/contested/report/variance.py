"""How much of an estimate's variance is between sources, beside what is shared out among single things."""

from __future__ import annotations

from collections.abc import Iterator

from contested.answers.drivers import Drivers
from contested.engine.precision import Measured
from contested.language.nodes import Study
from contested.report.plain import plain
from contested.report.wording import share

_APART = 0.02  # from which on it is no matter of rounding the shares to be added up


def variance_sentences(study: Study, found: Drivers) -> Iterator[str]:
    """Of one estimate; why its variance is not divided, where it is not."""
    if found.between is None or found.within is None:
        yield f"Its variance is not divided, because {plain(found.reason or '')}."
        return
    of = "variance of the logarithm" if found.scale == "log" else "variance"
    between = _share(found.between)
    given = ", given that it is above zero, as in every world that was drawn" if found.given_positive else ""
    yield f"Of the {of}{given}, {between} is between sources and {_share(found.within)} within them."
    shared = sum(own.value for name, own in found.shapley.items() if name in study.disputes)
    if found.shapley and abs(shared - found.between.value) >= _APART:
        yield (
            f"The {between} would go if one knew whom to believe and nothing else. Shared out among single "
            f"things, {share(shared)} falls to whom one believes: each share also holds its part of what two "
            "things bring about only together."
        )


def _share(found: Measured) -> str:
    return share(found.value, found.mcse)
