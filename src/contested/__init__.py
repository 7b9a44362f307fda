"""Credible intervals from disputed figures.

>>> import contested
>>> scenario = contested.load("configs/isw-2025.yaml")  # doctest: +SKIP
>>> result = scenario.run()  # doctest: +SKIP
>>> result["per_km2_2025"].interval(0.9)  # doctest: +SKIP
>>> comparison = scenario.compare()  # doctest: +SKIP
>>> comparison.break_even["isw_headline"]  # doctest: +SKIP
>>> certificate = scenario.certify("dearer")  # doctest: +SKIP
>>> certificate.text  # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

from contested._version import __version__
from contested.errors import AccuracyWarning, ContestedError, Fault, Location, ScenarioError

if TYPE_CHECKING:
    from contested.answers.comparison import Comparison
    from contested.answers.result import Result
    from contested.report.certificate import Certificate
    from contested.scenario import Scenario, load

__all__ = [
    "AccuracyWarning",
    "Certificate",
    "Comparison",
    "ContestedError",
    "Fault",
    "Location",
    "Result",
    "Scenario",
    "ScenarioError",
    "__version__",
    "load",
]

_LATER = {
    "load": "contested.scenario",
    "Scenario": "contested.scenario",
    "Result": "contested.answers.result",
    "Comparison": "contested.answers.comparison",
    "Certificate": "contested.report.certificate",
}


def __getattr__(name: str) -> Any:
    """Import what costs time when it is first asked for: `contested --help` answers at once."""
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'contested' has no attribute {name!r}")
