"""A sentence-transformers model that says which act an unknown verb is most like.

Asked when a film is planned, so that a request carries the answer and its pixels depend on nothing else.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from render.previz.acting.lexicon import Form, inflected, lexicon
from storyboard.errors import InputError, Problem

if TYPE_CHECKING:
    import numpy as np

LEAST = 0.30  # the cosine under which a verb is like nothing that the lexicon has
_READ = (".json", ".safetensors", ".txt", ".model")


def revision_of(folder: Path) -> str:
    """SHA-256 over the files that a model is loaded from, shortened to 16 digits. Raises InputError.

    Names count relative to the folder, so that a copy elsewhere is the same model.
    """
    files = sorted(path for path in folder.rglob("*") if path.suffix in _READ and path.is_file())
    if not any(path.suffix == ".safetensors" for path in files):
        what = f"text_model: {folder} holds no sentence-transformers model with .safetensors weights."
        raise InputError(Problem(what=what, todo="Name the folder that SentenceTransformer.save() wrote."))
    whole = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            inner = hashlib.file_digest(file, "sha256").hexdigest()
        whole.update(f"{path.relative_to(folder).as_posix()}\0{inner}\n".encode())
    return whole.hexdigest()[:16]


def acts_like(verbs: Iterable[str], folder: Path) -> dict[str, str]:
    """The name of the act that each verb is most like, "" for none. Raises InputError where no model can be loaded.

    A verb is like an act as much as it is like the act's three most similar verbs, by the cosine of their
    embeddings, each in several wordings: a verb alone is too short for a model of sentences.
    """
    import numpy as np

    wanted = sorted(set(verbs))
    acts = [act for act in lexicon().acts.values() if act.name != "still"]
    known = [verb for act in acts for verb in act.verbs]
    texts = [worded for verb in (*wanted, *known) for worded in _wordings(verb)]
    vectors = _embedded(texts, folder).reshape(len(wanted) + len(known), _WORDINGS, -1)
    alike = np.einsum("awd,bwd->ab", vectors[: len(wanted)], vectors[len(wanted) :]) / _WORDINGS
    ends = np.cumsum([len(act.verbs) for act in acts])[:-1]
    scores = [np.sort(part, axis=1)[:, -3:].mean(axis=1) for part in np.split(alike, ends, axis=1)]
    likeness = np.round(np.stack(scores, axis=1), 4)
    best = likeness.argmax(axis=1)  # of equals, the first in the lexicon's order
    return {
        verb: acts[at].name if row[at] >= LEAST else "" for verb, row, at in zip(wanted, likeness, best, strict=True)
    }


_WORDINGS = 5


def _wordings(verb: str) -> tuple[str, ...]:
    base, *rest = verb.split()
    forms = inflected(base)
    doing = " ".join([next(form for form, kind in forms.items() if kind is Form.ING), *rest])
    return verb, f"to {verb}", doing, f"a person {doing}", f"the verb to {verb}"


def _embedded(texts: list[str], folder: Path) -> "np.ndarray":
    """Unit vectors float32[N, D]. On one thread of the CPU: the same on every run."""
    import numpy as np
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    bars = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        model = SentenceTransformer(
            str(folder),
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
        return np.asarray(model.encode(texts, batch_size=64, normalize_embeddings=True, show_progress_bar=False))
    except (OSError, ValueError, KeyError) as error:
        what = f"text_model: {folder} cannot be loaded as a sentence-transformers model: {error}"
        raise InputError(Problem(what=what, todo="Name the folder that SentenceTransformer.save() wrote.")) from error
    finally:
        torch.set_num_threads(threads)
        if bars:
            logging.enable_progress_bar()
