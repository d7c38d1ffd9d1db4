"""The configuration: one TOML file that a person edits.

A file in order is read with tomllib and an exact type check alone, because the first paint waits
for it. At any doubt pydantic looks again, so that each complaint names file, line, column, key and
the nearest known key. Tokens never belong here; they live where `heroterm.secrets` says.

Beside the sections stand the team's queues, one `[[view]]` table each (`views`).

```
load(path) -> Config                    defaults where there is no file; ConfigError
reading.mistakes(path, first) -> list of ConfigError    everything wrong at once
writing.write_account(path, account)    comments stay; never over a damaged file
adding.add_view(path, view)    one more queue, every byte before it as it was; ConfigError
removing.remove_view(path, name)    a queue less, every byte around it as it was; ConfigError
rewriting.rewrite(path, change)     one change of the text, or none at all; ConfigError
origins.settings(config, text) -> Iterator[Setting]    each value with where it comes from
account_url(wish) -> str                subdomain or address → the account's address; UsageError
```
"""

from __future__ import annotations

from heroterm.config.address import account_url
from heroterm.config.reading import load
from heroterm.config.values import (
    Account,
    Config,
    Desk,
    Hooks,
    Mirror,
    OrganizationFields,
    Rotation,
    Sync,
    TeamView,
)

__all__ = [
    "Account",
    "Config",
    "Desk",
    "Hooks",
    "Mirror",
    "OrganizationFields",
    "Rotation",
    "Sync",
    "TeamView",
    "account_url",
    "load",
]
