"""`python -m heroterm`: the same front door as the installed command."""

from __future__ import annotations

import sys

from heroterm.cli import main

if __name__ == "__main__":
    sys.exit(main())
