"""Speed and accuracy of the linkage engines, side by side in one run: ``make bench``."""
