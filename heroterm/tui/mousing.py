"""Whose the mouse is: the desk's, or the terminal's for its own selection.

Textual has no name of its own for this; where a driver knows no mouse, nothing happens.
"""

from __future__ import annotations

from typing import Any

from textual.app import App


def lend(app: App[Any], away: bool) -> None:
    """Give the mouse to the terminal, or take it back where the desk had it."""
    driver: Any = app._driver
    if driver is None or not getattr(driver, "_mouse", False):
        return
    turn = "_disable_mouse_support" if away else "_enable_mouse_support"
    if (act := getattr(driver, turn, None)) is not None:
        act()


def write(app: App[Any], sequence: str) -> None:
    """Write a sequence of our own making to the terminal; never words of a ticket as they are."""
    driver: Any = app._driver
    if driver is not None and sequence:
        driver.write(sequence)
        driver.flush()
