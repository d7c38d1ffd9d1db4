"""A process is killed while it renews a sign-in: the next one goes on, or says who must help."""

from __future__ import annotations

from pathlib import Path

import pytest

from heroterm.errors import NotAllowed
from heroterm.zendesk.oauth_session import EARLY
from tests.crash.desk import KILLED, Desk
from tests.zendesk.test_oauth_desk import EMAIL, HALF_HOUR, running


@pytest.mark.parametrize("moment", ["before-request", "after-answer", "before-save", "after-save"])
def test_23_a_process_that_is_killed_in_a_refresh_locks_nobody_out_in_silence(
    desk: Desk, tmp_path: Path, moment: str
) -> None:
    with running(tmp_path) as account:
        account.sign_in()
        account.later(HALF_HOUR - EARLY + 1)
        home = desk.home()
        job = {"url": account.url, "email": EMAIL, "folder": str(account.folder)}
        job |= {"now": account.now.isoformat(), "at": moment}
        assert desk.run(home, "refresh", **job) == KILLED, desk.log(home)
        client = account.client(account.session())
        if moment in ("before-request", "after-save"):
            assert client.tickets_page().tickets and account.refreshes() == [200]
        else:
            # The new pair was nowhere but in the process that died; outbox.md §3, "OAuth refresh".
            with pytest.raises(NotAllowed) as raised:
                client.tickets_page()
            assert raised.value.signed_out
        client.close()
