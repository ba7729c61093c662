"""One file a page; each has a function ``render()`` and does nothing when imported."""
