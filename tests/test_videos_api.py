"""Takes from a video server: what is sent, what comes back, and what film.yaml may say."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from render.generators.registry import open_generator
from render.generators.servers.keys import address
from render.generators.servers.settings import need
from storyboard.errors import GeneratorError, InputError, MissingInstall
from tests.servers.asked import FRAMES, SIZE, made, notes, picture, reference, videos_api, wanted
from tests.servers.videos import VideosServer
from tests.servers.web import says


def test_a_take_is_asked_for_waited_for_and_fetched(tmp_path: Path) -> None:
    """The words, the seed, the size and the length are in the form; just so many frames come back."""
    told: list[int] = []
    with VideosServer(looks=3) as server:
        generator = videos_api(server.url, tmp_path, steps=30, guidance=4.5, model="wan")
        take = made(generator, wanted(), told.append)
        (job,) = server.jobs.values()
    assert take.shape == (FRAMES, SIZE[1], SIZE[0], 3)
    assert take.dtype == np.uint8
    assert told == sorted(told)
    assert set(told) == {*range(FRAMES + 1)}
    assert {name: text for name, text in job.fields.items() if name != "user"} == {
        "prompt": "a keeper in a room",
        "negative_prompt": "blurred",
        "model": "wan",
        "size": "64x48",
        "num_frames": "6",
        "fps": "12",
        "seed": "11",
        "num_inference_steps": "30",
        "guidance_scale": "4.5",
    }


def test_the_same_request_is_the_same_job(tmp_path: Path) -> None:
    """Asked again while the server has it still, a take is fetched and not made; another seed is another job."""
    with VideosServer() as server:
        first = made(videos_api(server.url, tmp_path), wanted())
        again = made(videos_api(server.url, tmp_path), wanted())
        other = made(videos_api(server.url, tmp_path), wanted(seed=12))
        assert server.taken == 2
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert set(notes(tmp_path).values()) == {"delivered"}
    assert not list((tmp_path / ".shotgraph/jobs").glob("*.mp4*"))


def test_without_a_folder_a_take_is_made_all_the_same() -> None:
    """Notes then live as long as the process."""
    with VideosServer() as server:
        assert len(made(videos_api(server.url, None), wanted())) == FRAMES


def test_references_a_first_frame_and_a_guide_are_files_of_the_form(tmp_path: Path) -> None:
    """One file stands alone as ``input_reference``; pictures beside a guide, or several, are JSON with the bytes."""
    one, two = (
        reference(picture(tmp_path / name, colour)) for name, colour in (("a.png", (9, 9, 9)), ("b.jpg", (1, 2, 3)))
    )
    with VideosServer() as server:
        made(videos_api(server.url, tmp_path, references=2), wanted(references=(one,)))
        made(videos_api(server.url, tmp_path, references=2), wanted(references=(one, two)))
        made(videos_api(server.url, tmp_path, first_frame=True), wanted(first_frame=str(one.path)))
        guided = videos_api(server.url, tmp_path, guided_by="depth", references=1)
        made(guided, wanted(references=(one,)))
        single, several, first, both = server.jobs.values()
    (file,) = single.files
    assert (file.name, file.kind, file.content) == ("input_reference", "image/png", one.path.read_bytes())
    held = json.loads(several.fields["image_reference"])
    assert [entry["image_url"].partition(";")[0] for entry in held] == ["data:image/png", "data:image/jpeg"]
    assert first.files[0].name == "input_reference"
    assert json.loads(both.fields["image_reference"])["image_url"].startswith("data:image/png;base64,")
    assert json.loads(both.fields["video_reference"])["video_url"].startswith("data:video/mp4;base64,")


def test_film_yaml_says_where_pictures_and_the_guide_are_put(tmp_path: Path) -> None:
    """For models that want them elsewhere: each as a file, the guide with the name of its pass."""
    pair = tuple(reference(picture(tmp_path / name)) for name in ("a.png", "b.png"))
    with VideosServer() as server:
        parts = {"control": "control_reference"}
        made(videos_api(server.url, tmp_path, references=1, guided_by="depth", parts=parts), wanted(references=pair))
        parts = {"references": "input_references"}
        made(videos_api(server.url, tmp_path, references=2, parts=parts), wanted(references=pair))
        guided, pictured = server.jobs.values()
    assert [file.name for file in guided.files] == ["input_reference", "control_reference"]
    assert guided.fields["control_type"] == "depth"
    assert [file.name for file in pictured.files] == ["input_references"] * 2


def test_a_picture_that_is_too_large_for_its_field_is_said(tmp_path: Path) -> None:
    """The servers' own words name no field, and not what to do."""
    noise = np.random.default_rng(1).integers(0, 256, (600, 600, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.png")
    pair = (reference(tmp_path / "a.png"), reference(picture(tmp_path / "b.png")))
    with VideosServer() as server:
        server.troubles["create"] = [says(400, {"detail": "Part exceeded maximum size of 1024KB."})]
        with pytest.raises(GeneratorError, match=r"1024KB\. image_reference is more than .* under `parts`"):
            made(videos_api(server.url, tmp_path, references=2), wanted(references=pair))


def test_a_guide_is_a_video_of_the_rehearsal_as_long_as_the_clip(tmp_path: Path) -> None:
    """Alone it is a file; its strength goes under the server's own name, the shot's or the film's."""
    from render.media import measured

    settings = {
        "guided_by": "depth",
        "strength_as": "scale",
        "strengths": [0.4, 1.0],
        "control": 0.4,
        "step": 4,
        "base": 1,
    }
    with VideosServer() as server:
        generator = videos_api(server.url, tmp_path, **settings)
        assert generator.capabilities().control == (0.4, 1.0)
        assert len(made(generator, wanted())) == FRAMES
        made(generator, wanted(params={"control": 1.0}))
        weak, strong = server.jobs.values()
    (file,) = weak.files
    (tmp_path / "guide.mp4").write_bytes(file.content)
    assert measured(tmp_path / "guide.mp4") == (*SIZE, 9)  # 4k + 1 frames, of which the first six are the take
    assert weak.fields["num_frames"] == "9"
    assert [json.loads(job.fields["extra_params"]) for job in (weak, strong)] == [{"scale": 0.4}, {"scale": 1.0}]


def test_a_frame_that_was_seen_already_is_not_shown_twice(tmp_path: Path) -> None:
    """Where the model repeats the frame that it goes on from, one frame more is asked for and the first is dropped."""
    first = str(picture(tmp_path / "first.png"))
    with VideosServer() as server:
        generator = videos_api(server.url, tmp_path, first_frame=True, repeats=True, guided_by="depth")
        take = made(generator, wanted(first_frame=first, continues=True))
        (job,) = server.jobs.values()
        whole = server.video(job)
    from render.media import all_frames

    (tmp_path / "whole.mp4").write_bytes(whole)
    frames = np.stack(list(all_frames(tmp_path / "whole.mp4")))
    assert len(frames) == FRAMES + 1
    assert np.array_equal(take, frames[1:])


def test_sglang_takes_one_picture_and_no_guide(tmp_path: Path) -> None:
    """What the dialect has no place for is refused before anything is sent, unless film.yaml names a place."""
    one = reference(picture(tmp_path / "a.png"))
    with VideosServer(echo_prompt=False) as server:
        generator = videos_api(server.url, tmp_path, dialect="sglang", references=1)
        made(generator, wanted(references=(one,), rate=Fraction(24000, 1001)))
        named = videos_api(server.url, tmp_path, dialect="sglang", guided_by="pose", parts={"control": "video_in"})
        made(named, wanted())
        plain, guided = server.jobs.values()
    assert [file.name for file in plain.files] == ["input_reference"]
    assert [file.name for file in guided.files] == ["video_in"]
    assert "user" not in plain.fields
    assert plain.fields["fps"] == "23.976024"
    for settings, word in (({"references": 2}, "1 at most"), ({"guided_by": "depth"}, "no part for a guide")):
        with pytest.raises(InputError, match=word):
            videos_api(server.url, tmp_path, dialect="sglang", **settings)


def test_film_yaml_says_what_the_model_makes(tmp_path: Path) -> None:
    """No server tells it: sizes, rates, lengths and the price are the person's, and become capabilities."""
    generator = videos_api(
        "http://127.0.0.1:1", tmp_path, sizes=[[832, 480]], rates=[16, "24000/1001"], max_frames=81, step=4, base=1,
        price=0.05, first_frame=True, references=3, parts={"references": "input_references"}, negative=False,
    )  # fmt: skip
    can = generator.capabilities()
    assert (can.sizes, can.rates) == (((832, 480),), (Fraction(16), Fraction(24000, 1001)))
    assert (can.max_frames, can.step, can.base, can.price) == (81, 4, 1, 0.05)
    assert (can.first_frame, can.max_references, can.negative, can.seed, can.guided_by) == (True, 3, False, True, None)
    assert {"parent", "references"} <= generator.reads
    assert not {"negative", "camera", "stage", "seed"} & generator.reads


WRONG = {
    "modle": ({"modle": "wan"}, "no setting “modle”. Did you mean model"),
    "wait.pol": ({"wait": {"pol": 1}}, "no setting “wait.pol”. Did you mean poll"),
    "fields": ({"fields": {"seed": 3}}, "seed cannot be written there"),
    "same part": ({"first_frame": True, "references": 1}, "could not tell them apart"),
    "strength": ({"guided_by": "depth", "strengths": [0.5]}, "strength_as"),
    "no guide": ({"strengths": [0.5], "strength_as": "x"}, "guided_by"),
    "dialect": ({"dialect": "sglan"}, "`dialect` must be vllm-omni or sglang."),
    "sizes": ({"sizes": [832, 480]}, "`sizes.1` must be a list."),
    "rates": ({"rates": ["film"]}, "`rates.1` must be a number such as 24"),
    "steps": ({"steps": 0}, "`steps` must be at least 1."),
    "parts": ({"parts": {"controls": "x"}}, "no setting “parts.controls”. Did you mean control"),
    "lengths": ({"max_frames": 8, "min_frames": 9}, "max_frames"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_setting_is_refused_with_the_right_one(what: str, tmp_path: Path) -> None:
    """Nothing is sent for a film that cannot be shot as it is written."""
    settings, words = WRONG[what]
    wait = settings.pop("wait", {}) if what == "wait.pol" else {}
    with pytest.raises(InputError) as error:
        open_generator("videos-api", {"url": "http://127.0.0.1:1", "wait": wait, **settings}, tmp_path)
    assert words in str(error.value)


def test_an_address_is_http_and_nothing_else() -> None:
    """Slashes at the end are taken off; what is no address of a server is refused."""
    assert address(" https://host:8091/v1/ ") == "https://host:8091/v1"
    for wrong in ("ftp://host", "host:8091", "http://", "http://host/?a=b", "http://host:port", "file:///etc/passwd"):
        with pytest.raises(ValueError, match="is not an address"):
            address(wrong)


def test_a_missing_address_is_asked_for(tmp_path: Path) -> None:
    """There is no default: a film does not send itself anywhere."""
    with pytest.raises(InputError, match="needs `url:`"):
        open_generator("videos-api", {}, tmp_path)


def test_what_changes_no_pixel_shoots_nothing_again(tmp_path: Path) -> None:
    """Where the server stands and how long it is waited for is idle; the model and its dialect are not."""
    generator = videos_api("http://127.0.0.1:1", tmp_path)
    idle = generator.idle  # type: ignore[attr-defined]
    assert {"url", "wait", "key_from", "price", "concurrent", "exclusive"} <= idle
    assert not {"model", "dialect", "steps", "guidance", "extra", "fields", "guided_by", "control", "step"} & idle
    versions = {
        videos_api("http://127.0.0.1:1", tmp_path, **more).version
        for more in ({}, {"dialect": "sglang"}, {"guided_by": "depth"}, {"guided_by": "pose"})
    }
    assert len(versions) == 4


def test_a_reference_that_was_changed_meanwhile_is_not_sent(tmp_path: Path) -> None:
    """A take is a function of its request: the bytes that go out are those that were planned with."""
    one = reference(picture(tmp_path / "a.png"))
    picture(one.path, (1, 1, 1))
    with VideosServer() as server:
        with pytest.raises(Exception, match="was changed while the film is shot"):
            made(videos_api(server.url, tmp_path, references=1), wanted(references=(one,)))
        assert server.taken == 0


def test_what_is_not_installed_is_refused_with_the_install_line() -> None:
    """What a film names and a machine lacks is a matter of one command."""
    need("httpx", "tenacity", "websockets")
    with pytest.raises(MissingInstall, match=r'no_such_package, .*pip install "shotgraph\[servers\]"'):
        need("httpx", "no_such_package")
