"""Work that the desk promises to do in the background, and how it went (api.md §7, job status).

The desk does it at once; it says "queued", then "working", then "completed", so that a client
has to ask again as it must with the real one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.clock import MINUTE, iso
from heroterm.sandbox.people_json import API
from heroterm.sandbox.records import Json
from heroterm.sandbox.refusal import Refusal, not_found

AT_ONCE = 30
KEPT = 100


@dataclass(slots=True)
class Job:
    """One job: what it did row by row, when it began (epoch seconds), how often it was asked."""

    id: str
    kind: str
    at: int
    results: list[Json]
    asked: int = 0

    def running(self, now: int) -> bool:
        """Whether nobody knows its end yet; after a minute it is over either way."""
        return self.asked < 2 and now - self.at < MINUTE

    def json(self, root: str) -> Json:
        """The job as Zendesk shows it in its present state."""
        state = ("queued", "working", "completed")[min(self.asked, 2)]
        done = state == "completed"
        return {
            "id": self.id,
            "url": f"{root}{API}/job_statuses/{self.id}.json",
            "job_type": self.kind,
            "total": len(self.results),
            "progress": {"queued": None, "working": 0}.get(state, len(self.results)),
            "status": state,
            "message": f"Completed at {iso(self.at)}" if done else None,
            "results": self.results if done else None,
        }


@dataclass(slots=True)
class Jobs:
    """The last hundred jobs, oldest first."""

    known: dict[str, Job] = field(default_factory=dict)

    def check(self, now: int) -> None:
        """Refuse one more job while 30 run. Raises Refusal (429)."""
        running = [job.id for job in self.known.values() if job.running(now)]
        if len(running) >= AT_ONCE:
            body = {"error": "TooManyJobs", "description": "30 jobs are queued or running"}
            raise Refusal(429, body | {"current_job_ids": running}, {"Retry-After": "10"})

    def add(self, call: Call, kind: str, results: list[Json]) -> Answer:
        """Keep a job that has just been done and answer that it is queued."""
        digest = sha256(f"{call.world.seed} {kind} {call.now} {len(self.known)}".encode())
        job = Job(f"V3-{digest.hexdigest()[:32]}", kind, call.now, results)
        self.known[job.id] = job
        while len(self.known) > KEPT:
            del self.known[next(iter(self.known))]
        left = AT_ONCE - sum(1 for each in self.known.values() if each.running(call.now))
        call.notes["zendesk-ratelimit-inflight-jobs"] = f"total={AT_ONCE}; remaining={left}"
        return Answer({"job_status": job.json(call.root)})

    def show(self, call: Call, job_id: object) -> Answer:
        """GET /job_statuses/{id}. Raises Refusal (404)."""
        job = self.known.get(str(job_id))
        if job is None:
            raise not_found()
        job.asked += 1
        return Answer({"job_status": job.json(call.root)})

    def show_many(self, call: Call) -> Answer:
        """GET /job_statuses/show_many: by their ids; unknown ones are absent."""
        wanted = call.query.get("ids", "").split(",")
        jobs = [self.known[key] for key in wanted if key in self.known]
        for job in jobs:
            job.asked += 1
        return Answer({"job_statuses": [job.json(call.root) for job in jobs]})

    def listing(self, call: Call) -> Answer:
        """GET /job_statuses."""
        return Answer({"job_statuses": [job.json(call.root) for job in self.known.values()]})
