"""The part of a page that readers move: HTML, style and scripts, in which nothing that others wrote can run.

Nothing is fetched. Without scripts the part stays hidden: the page shows a picture and a table of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Any

from contested.report.interactive.sliders import Sliders

# In this order: each uses those before it.
SCRIPTS = (
    "arithmetic", "wording", "densest", "answers", "state", "chart", "controls", "numbers", "start",
)  # fmt: skip

# What could end a script or begin a tag, and two ends of lines to JavaScript that JSON does not know as such.
_ESCAPED = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}

# Vega walks its expressions instead of having them compiled, which a page may forbid all its scripts.
_INTERPRETING = (
    "window.vegaEmbed = (element, specification, options) => "
    "vegaEmbed(element, specification, { ...options, ast: true });"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A part of a page.

    Attributes
    ----------
    html : str
        To stand where the chart belongs. Its ids begin with `interactive`; the outermost element,
        `#interactive`, is hidden until the script runs. Empty where there is nothing to move.
    style : str
        For a style element, or a part of one.
    script : str
        For a script element at the end of the page, after `runtime()`.
    """

    html: str
    style: str
    script: str

    @classmethod
    def of(cls, sliders: Sliders, drawn: Mapping[str, Any] | None = None) -> Fragment:
        """The part for some sliders; empty texts where they say that there is nothing to move.

        Parameters
        ----------
        sliders : Sliders
        drawn : mapping, optional
            What `specifications()` gives, where it is at hand already.
        """
        if sliders.refusal:
            return cls(html="", style="", script="")
        from jinja2 import Environment, StrictUndefined
        from markupsafe import Markup

        template = Environment(autoescape=True, undefined=StrictUndefined).from_string(
            _text("interactive.html")
        )
        values = json_text({**sliders.to_dict(), "specifications": drawn or specifications()})
        return cls(
            html=template.render(left_out=sliders.left_out, values=Markup(values)),
            style=_text("interactive.css"),
            script="\n".join(_text(f"{name}.js") for name in SCRIPTS),
        )


def json_text(value: Any) -> str:
    """A value as JSON that may stand in a script element: it cannot end it, nor begin another."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character, escaped in _ESCAPED.items():
        text = text.replace(character, escaped)
    return text


def runtime() -> str:
    """Vega and Vega-Lite, as `window.vegaEmbed`: 0.9 MB, and a second to bundle.

    To stand in a script element before the fragment's script.
    """
    import vl_convert

    # Only Vega-Embed's export is whole: the bundle's own `vega` and `vegaLite` are modules without a default.
    return vl_convert.javascript_bundle(_INTERPRETING).replace("</script", "<\\/script")


def runtime_key() -> str:
    """What tells the present `runtime()` from any other: the package that bundles it, and what it does."""
    from importlib.metadata import version

    return sha256(f"{version('vl-convert-python')} {_INTERPRETING}".encode()).hexdigest()[:16]


def specifications() -> Mapping[str, Any]:
    """The sliders' picture by kind of axis, `natural` or `logarithmic`, whatever is shown."""
    from contested.report.interactive.specification import specification

    kinds = {"natural": False, "logarithmic": True}
    return {name: specification(logarithmic=kind) for name, kind in kinds.items()}


def _text(name: str) -> str:
    return files("contested.report.interactive").joinpath(name).read_text(encoding="utf-8")
