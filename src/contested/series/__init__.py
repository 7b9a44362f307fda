"""Figures that come by period: daily and weekly files, and the table of months made from them."""
