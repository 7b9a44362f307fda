"""The report as one page that opens offline: templates, style, and the pictures in it."""
