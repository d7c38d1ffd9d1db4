"""The benchmark: heroterm beside a bare Textual app, in one run, through a real pseudo-terminal.

It prints medians and ratios and asserts no milliseconds: machines differ, ratios travel.
"""
