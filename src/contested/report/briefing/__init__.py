"""What the report says in any format: plain text, tables, and unrounded numbers beside rounded ones."""

from contested.report.briefing.briefing import Briefing

__all__ = ["Briefing"]
