"""What `heroterm connect` writes into a config.toml that its owner wrote in another way."""

from __future__ import annotations

from pathlib import Path

import pytest

from heroterm.config.reading import load
from heroterm.config.values import Account
from heroterm.config.writing import write_account
from heroterm.errors import ConfigError


@pytest.mark.parametrize(
    "text",
    [
        'account.url = "https://acme.zendesk.com"\n',
        'account = { url = "https://acme.zendesk.com" }\n',
        '["account"]\nurl = "https://acme.zendesk.com"\n',
        '[hooks]\non_sent = ["""\n[account]\nurl = 3\n"""]\n',
    ],
)
def test_an_account_that_is_written_otherwise_is_left_alone(text: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match="cannot change") as raised:
        write_account(path, Account("https://new.zendesk.com", "jo@example.com"), learning=True)
    assert "[account]" in raised.value.remedy
    assert path.read_text() == text


def test_a_line_s_end_of_unicode_stays_inside_its_comment(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("# a\u2028b\n[desk]\nmouse = false\n")
    write_account(path, Account("https://new.zendesk.com", "jo@example.com"))
    assert path.read_text().startswith("# a\u2028b\n[desk]\nmouse = false\n")
    assert load(path).account.url == "https://new.zendesk.com"
