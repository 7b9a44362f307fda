"""Answers as pictures: Vega-Lite specifications, each with a sentence that says what it shows."""
