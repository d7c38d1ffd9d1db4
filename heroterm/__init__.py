"""heroterm: a terminal workstation for the engineer on Support Hero week.

The root package holds the version and imports nothing, so that asking for it costs nothing.
"""

__version__ = "0.1.0"
