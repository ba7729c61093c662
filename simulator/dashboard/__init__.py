"""The pages in the browser: they show what a run computed and compute nothing themselves."""
