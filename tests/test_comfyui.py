"""Takes from a ComfyUI: which inputs of a workflow are filled, what it can do, and what film.yaml may say."""

import copy
import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from render.generators.base import Generator
from storyboard.errors import GeneratorError, InputError
from tests.servers.asked import FRAMES, SIZE, comfyui, made, notes, picture, reference, wanted
from tests.servers.comfy import WORKFLOW, ComfyServer

Change = Callable[[dict[str, Any]], object]


def workflow(folder: Path, *changes: Change) -> Path:
    """Write the test's workflow, changed."""
    graph = copy.deepcopy(WORKFLOW)
    for change in changes:
        change(graph)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "workflow.json").write_text(json.dumps(graph), encoding="utf-8")
    return folder


def opened(folder: Path, *changes: Change, url: str = "http://127.0.0.1:1", **settings: Any) -> Generator:
    """The generator of a changed workflow; the guide is depth unless something else is said."""
    return comfyui(url, workflow(folder, *changes), **{"guided_by": "depth", **settings})


def unguided(folder: Path, *, url: str, **settings: Any) -> Generator:
    """The generator of the workflow without its guide, which takes a while to render."""
    return opened(folder, untitled("14"), url=url, guided_by=None, **settings)


def untitled(*nodes: str) -> Change:
    """Take the titles off these nodes."""
    return lambda graph: [graph[node]["_meta"].update(title="") for node in nodes]


def without(*nodes: str) -> Change:
    return lambda graph: [graph.pop(node) for node in nodes]


def refused(folder: Path, *changes: Change, **settings: Any) -> str:
    """The words with which a workflow is refused."""
    with pytest.raises(InputError) as error:
        opened(folder, *changes, **settings)
    return str(error.value)


def test_a_workflow_is_filled_queued_and_its_video_is_the_take(tmp_path: Path) -> None:
    """Titles say what goes where: words, seed, size, length, strength; pictures and the guide are uploaded first."""
    told: list[int] = []
    one = reference(picture(tmp_path / "mara.png"))
    with ComfyServer() as server:
        generator = opened(tmp_path, url=server.url, strengths=[0.5, 1.0], control=0.5)
        take = made(generator, wanted(references=(one,)), told.append)
        (prompt,) = server.prompts
    assert take.shape == (FRAMES, SIZE[1], SIZE[0], 3)
    assert told == sorted(told)
    assert set(told) == {*range(FRAMES + 1)}
    inputs = {name: node["inputs"] for name, node in prompt.graph.items()}
    assert (inputs["6"]["text"], inputs["7"]["text"], inputs["3"]["seed"]) == ("a keeper in a room", "blurred", 11)
    assert [inputs["8"][name] for name in ("width", "height", "length", "strength")] == [*SIZE, FRAMES, 0.5]
    assert server.inputs[inputs["10"]["image"]] == one.path.read_bytes()
    assert server.inputs[inputs["14"]["file"]][4:8] == b"ftyp"
    assert inputs["3"]["steps"] == 20
    assert prompt.extra == {"shotgraph": prompt.id}


def test_a_sequence_of_pictures_is_a_take_too(tmp_path: Path) -> None:
    """In the order in which the server names them, and each exactly as it was saved."""
    with ComfyServer(pictures=True) as server:
        take = made(unguided(tmp_path, url=server.url), wanted())
        video = made(unguided(tmp_path, url=server.url), wanted())
        assert server.taken == 1
    assert take.shape == (FRAMES, SIZE[1], SIZE[0], 3)
    assert np.array_equal(take, video)
    assert not list((tmp_path / ".shotgraph/jobs").glob("*.png"))


@pytest.mark.parametrize("folder", ["images", "gifs", "videos"])
def test_nodes_differ_in_where_they_put_a_video(folder: str, tmp_path: Path) -> None:
    """SaveVideo says images, VideoHelperSuite says gifs."""
    with ComfyServer(folder=folder) as server:
        assert len(made(unguided(tmp_path, url=server.url), wanted())) == FRAMES


def test_bindings_can_be_written_in_film_yaml(tmp_path: Path) -> None:
    """By number or title, with the input or without; what is written there wins over titles."""
    plain = untitled("3", "6", "7", "8", "9", "10", "14")
    bind = {
        "prompt": "6.text",
        "seed": "3",
        "width": "8.width",
        "height": "8.height",
        "frames": "8.length",
        "references": ["10.image"],
        "output": "9",
        "control": "14.file",
    }
    with ComfyServer() as server:
        generator = opened(tmp_path, plain, url=server.url, bind=bind)
        assert not generator.capabilities().negative
        made(generator, wanted())
        (prompt,) = server.prompts
    assert prompt.graph["6"]["inputs"]["text"] == "a keeper in a room"
    assert prompt.graph["7"]["inputs"]["text"] == "bad"


def test_what_is_not_bound_is_no_capability(tmp_path: Path) -> None:
    """What the workflow fixes is what can be asked for: one size, one length, one rate."""
    can = opened(tmp_path, untitled("3", "7", "8", "10", "14"), guided_by=None).capabilities()
    assert (can.seed, can.negative, can.max_references, can.first_frame, can.guided_by) == (
        False,
        False,
        0,
        False,
        None,
    )
    assert (can.sizes, can.rates) == (((832, 480),), (Fraction(16),))
    assert (can.min_frames, can.max_frames) == (81, 81)
    full = opened(tmp_path, max_frames=81, step=4, base=1, strengths=[0.4, 1], rates=[16]).capabilities()
    assert (full.seed, full.negative, full.max_references, full.guided_by) == (True, True, 1, "depth")
    assert (full.sizes, full.rates, full.max_frames, full.control) == ((), (Fraction(16),), 81, (0.4, 1.0))


def test_two_titles_for_references_are_two_references(tmp_path: Path) -> None:
    """In the order of their numbers."""
    second = {"class_type": "LoadImage", "_meta": {"title": "Reference 2"}, "inputs": {"image": "x.png"}}
    pair = [reference(picture(tmp_path / f"{name}.png", (len(name), 9, 9))) for name in ("a", "bb")]
    with ComfyServer() as server:
        generator = opened(tmp_path, lambda graph: graph.update({"1": second}), url=server.url)
        assert generator.capabilities().max_references == 2
        made(generator, wanted(references=tuple(pair)))
        (prompt,) = server.prompts
    loaded = [server.inputs[prompt.graph[node]["inputs"]["image"]] for node in ("10", "1")]
    assert loaded == [one.path.read_bytes() for one in pair]


def test_a_picture_that_a_shot_has_not_is_not_the_workflows_own(tmp_path: Path) -> None:
    """The node that would load somebody else's is taken out, with those that cannot be without it."""
    with ComfyServer() as server:
        made(opened(tmp_path, url=server.url), wanted())
        (prompt,) = server.prompts
    assert not {"10", "12"} & prompt.graph.keys()
    assert "reference_image" not in prompt.graph["8"]["inputs"]
    assert "control_video" in prompt.graph["8"]["inputs"]


def test_where_a_workflow_needs_the_picture_that_is_not_there_it_is_said(tmp_path: Path) -> None:
    """Nothing is queued for a shot without it."""

    def needed(graph: dict[str, Any]) -> None:
        graph["9"]["inputs"]["video"] = ["12", 0]

    with ComfyServer() as server:
        with pytest.raises(GeneratorError, match="cannot do without a picture"):
            made(opened(tmp_path, needed, url=server.url), wanted())
        assert server.taken == 0
    assert notes(tmp_path) == {}


def test_a_first_frame_is_loaded_and_not_shown_twice(tmp_path: Path) -> None:
    """Where the workflow repeats it, one frame more is asked for and the first is dropped."""
    first = picture(tmp_path / "first.png")

    def retitled(graph: dict[str, Any]) -> None:
        graph["10"]["_meta"]["title"] = "first frame"

    with ComfyServer() as server:
        generator = opened(tmp_path, retitled, url=server.url, repeats=True)
        assert generator.capabilities().first_frame
        assert "parent" in generator.reads
        take = made(generator, wanted(first_frame=str(first), continues=True))
        (prompt,) = server.prompts
    assert len(take) == FRAMES
    assert prompt.graph["8"]["inputs"]["length"] == FRAMES + 1
    assert server.inputs[prompt.graph["10"]["inputs"]["image"]] == first.read_bytes()


def test_a_guide_can_be_a_folder_of_pictures(tmp_path: Path) -> None:
    """One a frame, named in order; the node gets their folder."""

    def folder(graph: dict[str, Any]) -> None:
        graph["14"] = {
            "class_type": "VHS_LoadImages",
            "_meta": {"title": "shotgraph: control frames"},
            "inputs": {"directory": "x"},
        }

    with ComfyServer() as server:
        made(opened(tmp_path, folder, url=server.url, guided_by="pose"), wanted())
        (prompt,) = server.prompts
    where = prompt.graph["14"]["inputs"]["directory"]
    assert sorted(server.inputs) == [f"{where}/{index:05}.png" for index in range(FRAMES)]


WRONG: dict[str, tuple[tuple[Change, ...], dict[str, Any], str]] = {
    "unknown node": ((), {"bind": {"prompt": "66.text"}}, "no node “66”, which `bind` names for prompt"),
    "unknown title": ((), {"bind": {"seed": "shotgraph: sed.seed"}}, "Did you mean shotgraph: seed"),
    "unknown input": (
        (),
        {"bind": {"seed": "3.sed"}},
        "has no input “sed”, which `bind` names for seed. Did you mean seed",
    ),
    "unknown name": ((), {"bind": {"promt": "6.text"}}, "no setting “bind.promt”. Did you mean prompt"),
    "no prompt": ((untitled("6"),), {}, "nothing takes the prompt. Give the node"),
    "no output": ((untitled("9"), lambda g: g.update({"99": g["9"]})), {}, "which node gives the take is not clear"),
    "two prompts": ((lambda g: g["7"]["_meta"].update(title="prompt"),), {}, "all ask for the prompt"),
    "one side": ((untitled("8"),), {"bind": {"width": "8.width", "frames": "8.length"}}, "only one is bound"),
    "no guide": ((untitled("14"),), {}, "takes no guide"),
    "which guide": ((), {"guided_by": None}, "takes a guide. Say which pass"),
    "no strength": ((untitled("8"),), {"strengths": [0.5]}, "takes no strength of a guide"),
    "size": ((untitled("8"), lambda g: g["8"]["inputs"].pop("width")), {}, "the size of its clips is not clear"),
    "length": ((untitled("8"), lambda g: g["8"]["inputs"].pop("length")), {}, "the number of frames of its clips"),
    "no file": ((), {"workflow": "workflows.json"}, "cannot be read"),
    "outside": ((), {"workflow": "../workflow.json"}, "leaves the film's folder"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_workflow_that_cannot_be_filled_is_refused_before_anything_is_rendered(what: str, tmp_path: Path) -> None:
    """With what is meant, where that can be guessed, and what to do."""
    changes, settings, words = WRONG[what]
    assert words in refused(tmp_path, *changes, **settings)


def test_the_editors_format_is_refused_with_how_to_export_the_other(tmp_path: Path) -> None:
    """What ComfyUI's editor saves is not what its server runs."""
    for text in ('{"nodes": [], "links": [], "version": 0.4}', "[]", "{}", "no json", '{"3": {"inputs": {}}}'):
        (tmp_path / "workflow.json").write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=r"Export \(API\)"):
            comfyui("http://127.0.0.1:1", tmp_path)


def test_the_workflow_stands_in_the_recipe_and_the_server_does_not(tmp_path: Path) -> None:
    """Another value in the file is another version; another address, name of the file or patience is not."""
    plain = opened(tmp_path / "a").version
    assert opened(tmp_path / "b", url="http://127.0.0.1:2", wait={"job": 7}).version == plain
    assert opened(tmp_path / "c", lambda graph: graph["3"]["inputs"].update(steps=21)).version != plain
    assert opened(tmp_path / "d", bind={"negative": "7.clip"}).version != plain
    assert {"url", "workflow", "bind", "wait"} <= opened(tmp_path).idle  # type: ignore[attr-defined]
