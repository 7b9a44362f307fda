"""A briefing as blocks from top to bottom, for the formats that are written so: Markdown and LaTeX."""

from contested.report.outline.outline import Outline

__all__ = ["Outline"]
