"""One job at a server: sent once, waited for, fetched; found again after any interruption."""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from render.generators.servers.deadline import Deadline
from render.generators.servers.http import Refused, Server, Unsure
from render.generators.servers.job import Lost, ServerJob
from render.generators.servers.notes import JobNote, Notes
from render.generators.servers.received import check_video
from render.generators.videos_api.listing import Found, Sought, find, listed, path_of
from render.generators.videos_api.order import Order, too_large
from storyboard.errors import GeneratorError

DONE = frozenset({"completed", "succeeded", "success", "done"})
DEAD = frozenset({"failed", "cancelled", "canceled", "error", "expired", "deleted"})
_SURE = 3  # looks that must agree before a job counts as lost
_SENDS = 3  # of one job whose answers are lost


class VideoJob(ServerJob):
    """The job of one order."""

    def __init__(self, order: Order, server: Server, notes: Notes) -> None:
        super().__init__(order, server, notes)
        self._running = False  # whether there is something at the server that can be cancelled

    def cancel(self) -> None:
        """Tell the server that nobody waits any more; in short time, and whatever it says."""
        note = self._note
        if not self._running or not self.settings.cancel or note is None or note.id is None:
            return
        answer = self.server.now("DELETE", path_of(self.server, note.id), self.waits.cancel)
        if answer is not None and (answer.is_success or answer.status_code == HTTPStatus.NOT_FOUND):
            self.notes.remove(self.order.digest)

    def _made(self, number: int, progress: Callable[[float], None]) -> list[Path]:
        job = self._placed(number)
        self._running = True
        state = self._finished(job, progress)
        self._running = False
        self._fetched(job, state)
        return self._files

    # Sending

    def _placed(self, number: int) -> str:
        """The id of the job: the one that the note knows, or that of a new job."""
        if self._note is None:
            return self._sent(number)
        if self._note.id is None:
            return self._searched(self._note, "this film was stopped while the job was sent")
        return self._note.id

    def _sent(self, number: int) -> str:
        jobs = listed(self.server)
        before = None if jobs is None else tuple(str(job["id"]) for job in jobs)
        base = {"digest": self.order.digest, "server": self.server.url, "number": number, "before": before}
        return self._posted(JobNote(state="sending", tag=f"shotgraph-{uuid.uuid4().hex}", **base))

    def _posted(self, note: JobNote, sends: int = 1) -> str:
        """Send the job; its id. Raises GeneratorError."""
        again = self.settings.idempotent
        form = self.order.form(self.notes.folder, note.tag)
        self._keep(note)
        try:
            headers = {"Idempotency-Key": note.tag}
            answer = self.server.send(path_of(self.server), again=again, headers=headers, **form)
        except Unsure as error:
            return self._searched(note, f"no answer came ({error})", sends)
        except GeneratorError as error:
            if not again:  # then it is certain that nothing was taken
                self.notes.remove(note.digest)
                self._note = None
            if isinstance(error, Refused) and (large := too_large(form)):
                raise GeneratorError(
                    f"{error} {large} is more than servers take in a field that is no file: name one that takes files "
                    "under `parts`."
                ) from None
            raise
        job = answer.get("id") if isinstance(answer, dict) else None
        if not isinstance(job, str) or not job:
            return self._searched(note, "the answer named no job", sends)
        return self._taken(note, job)

    def _taken(self, note: JobNote, job: str) -> str:
        self._keep(note.model_copy(update={"state": "accepted", "id": job}))
        return job

    def _searched(self, note: JobNote, why: str, sends: int = 0) -> str:
        """The id of a job whose answer was lost; it is sent again only when the server certainly has none."""
        found = Found(may_be=("?",)) if self.settings.idempotent else self._settled(note)
        if found is not None and found.id is not None:
            return self._taken(note, found.id)
        if not self.settings.idempotent and (found is None or found.may_be):
            raise self._unknown(why, found.may_be if found is not None else ())
        if sends >= _SENDS:
            raise GeneratorError(
                f"{self.server.named} takes no job: {why}, {sends} times. Run the same command again later: it goes on."
            )
        return self._posted(note, sends + 1)

    def _settled(self, note: JobNote) -> Found | None:
        """What the server's list says of a job, once it can be believed; None where it says nothing."""
        settle = Deadline(self.waits.settle, "settle")
        while True:
            jobs = listed(self.server)
            if jobs is None:
                return None
            # Read after the list: whoever has a job in it wrote a note before it was sent.
            claimed, sending = self.notes.others(note.digest)
            fields = self.order.fields
            sought = Sought(
                tag=note.tag,
                prompt=fields.get("prompt", ""),
                size=fields["size"],
                before=frozenset(note.before or ()),
                claimed=frozenset(claimed),
            )
            alone = self.settings.exclusive and note.before is not None and not sending
            found = find(jobs, sought, exclusive=alone)
            if found.id is not None:
                return found
            if not settle.left:
                return found if note.before is not None else None
            settle.sleep(self.waits.poll)

    def _unknown(self, why: str, may_be: tuple[str, ...]) -> GeneratorError:
        path = self.notes.path(self.order.digest)
        which = f" It may be {' or '.join(may_be[:3])}." if may_be else ""
        return GeneratorError(
            f"it cannot be known whether {self.server.named} took a job: {why}.{which} It is not sent again, so that "
            f'nothing is paid for twice. Look at the server: if it has the job, write its id into {path} ("id": "…", '
            '"state": "accepted"); if not, delete that file. Then run the same command again.'
        )

    # Waiting

    def _finished(self, job: str, progress: Callable[[float], None]) -> dict[str, Any]:
        """Wait until the job is done; what the server says of it. Raises Lost or GeneratorError."""
        deadline, pause = Deadline(self.waits.job, "job"), self.waits.poll
        gone = strange = 0
        while True:
            try:
                state = self.server.look(path_of(self.server, job))
            except Refused as error:
                if error.status not in (404, 410):
                    raise
                gone, state = gone + 1, {}
                if gone >= _SURE:
                    raise Lost from None
            else:
                gone = 0
                if not isinstance(state, dict) or str(state.get("id", job)) != job:
                    strange += 1
                    if strange >= _SURE:
                        raise GeneratorError(
                            f"{self.server.named} answers for another job than {job}, which was asked for. Nothing is "
                            "taken from it. Check the server, and run the same command again: it goes on."
                        )
                    state = {}
                status = str(state.get("status", "")).lower()
                if status in DONE:
                    return state
                if status in DEAD and self._note is not None and self._note.state == "delivered":
                    raise Lost  # its video was handed over once, and is no longer there
                if status in DEAD:
                    raise self._failed(job, status, state)
                if state:
                    strange = 0
                    progress(_share(state.get("progress")))
            deadline.check(f"job {job} of {self.server.named}")
            self.server.deadline.check(f"waiting for job {job} of {self.server.named}")
            self.server.deadline.sleep(min(pause, deadline.left))
            pause = min(pause * 1.2, max(self.waits.poll, self.waits.poll_longest))

    def _failed(self, job: str, status: str, state: dict[str, Any]) -> GeneratorError:
        self._running = False
        self.notes.remove(self.order.digest)  # it is dead: the next run may send another
        error = state.get("error")
        words = error.get("message") if isinstance(error, dict) else error
        said = self.server.key.hidden(" ".join(str(words).split()))[:600] if words else "it does not say why"
        return GeneratorError(
            f"{self.server.named}: job {job} {'failed' if status != 'cancelled' else 'was cancelled'}: "
            f"{said}{'' if said.endswith('.') else '.'} Run the same command again to send another."
        )

    def _lost(self) -> GeneratorError:
        assert self._note is not None
        path = self.notes.path(self.order.digest)
        return GeneratorError(
            f"{self.server.named} no longer knows job {self._note.id}, which it took and which may have been paid for. "
            f"Look at the server; to send the job again, delete {path} and run the same command again."
        )

    # Fetching

    def _fetched(self, job: str, state: dict[str, Any]) -> None:
        """Fetch the video, whole; what is damaged or not what was asked for is fetched again first."""
        path = self.notes.folder / f"{self.order.digest}.mp4"
        self._files = [path]

        def fetch() -> None:
            self._fetch(job, state, path)
            check_video(path, size=self.order.size, frames=self.order.frames)

        again = f"delete {self.notes.path(self.order.digest)}"
        self._fetched_whole(fetch, f"job {job} of {self.server.named}", again)

    def _fetch(self, job: str, state: dict[str, Any], path: Path) -> None:
        last: Refused | None = None
        for _ in range(_SURE):
            try:
                return self.server.fetch(path_of(self.server, job, "/content"), path)
            except Refused as error:
                last = error
                elsewhere = state.get("url")
                if isinstance(elsewhere, str) and elsewhere.startswith(("http://", "https://")):
                    return self.server.fetch(elsewhere, path)
                if error.status not in (404, 409):  # not there yet, say servers that are not quite done
                    raise
            self.server.deadline.sleep(self.waits.poll)
        assert last is not None
        raise GeneratorError(
            f"job {job} is done and its video is not there. {last} To have it made again, delete "
            f"{self.notes.path(self.order.digest)} and run the same command again."
        )


def _share(progress: Any) -> float:
    """What a server says of its progress, in per cent, as a share."""
    return min(max(float(progress), 0.0), 100.0) / 100 if isinstance(progress, int | float) else 0.0
