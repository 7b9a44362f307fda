"""The chart that readers move: what their weights make of every estimate and question, in the page itself."""
