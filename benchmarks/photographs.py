"""Likeness on photographs, as the identity check would see them: pasted into plates, scaled, relit and compressed."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import drifting
import numpy as np

from characters.likeness.appearance import Appearance
from characters.likeness.base import Crop
from characters.likeness.foreground import foreground
from director.judging import expected

FOLDER = Path(__file__).parents[2] / "shared" / "identity"
_LARGEST = 224  # pixels on the long side, to which the photographs are brought
_SIZES = (64, 150)  # pixels that a subject is high in the plate
_ALARMS = 0.05
_RESAMPLED = 1000


def measure(folder: Path, shots: Sequence[drifting.Shot], cache: Path, *, quick: bool = False) -> None:
    """Print how well subjects are told apart in plates, against their other photographs as references."""
    if not folder.is_dir():
        print(f"\nThere is no {folder.name} folder of photographs: identity was not measured on them.")
        return
    pictures, names = _photographs(folder)
    if quick:
        some = np.isin(names, np.unique(names)[:4])
        pictures, names = [picture for picture, kept in zip(pictures, some, strict=True) if kept], names[some]
    plates = [
        look.rgb for shot in shots for look in expected(shot.plan.expected(shot.planned), cache / "expected").looks[:1]
    ]
    masks = [foreground(picture) for picture in pictures]
    embedder = Appearance()
    references = embedder.embed([Crop(p, m) for p, m in zip(pictures, masks, strict=True)])
    high = f"{_SIZES[0]} to {_SIZES[1]} pixels high"
    print(
        f"\n{len(names)} photographs of {len(set(names))} subjects, {high} in plates of the previz, relit (gain ±25 %,"
    )
    print("white balance ±8 %, gamma ±8 %), half of them mirrored, JPEG at 40 to 90; each against the photographs of")
    print("every subject but itself: the nearest counts. 95 % intervals over subjects\n")
    print("| crops | AUROC | impostors found at 5 % false alarm |\n| --- | ---: | ---: |")
    for known, title in (
        (True, "where the subject is, is known, as from the rehearsal"),
        (False, "the box alone is known"),
    ):
        crops = [
            _pasted(picture, mask, plates[number % len(plates)], number, known=known)
            for number, (picture, mask) in enumerate(zip(pictures, masks, strict=True))
        ]
        print(f"| {title} | " + " | ".join(_accuracy(embedder.embed(crops), references, names)) + " |", flush=True)


def _photographs(folder: Path) -> tuple[list[np.ndarray], np.ndarray]:
    """Every photograph as uint8[H, W, 3], and whom it shows."""
    paths = sorted(folder.glob("*/*.jpg"))
    pictures: list[np.ndarray] = []
    for path in paths:
        rgb = cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)  # type: ignore[arg-type]
        scale = _LARGEST / max(rgb.shape[:2])
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        pictures.append(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=way))
    return pictures, np.array([path.parent.name for path in paths])


def _pasted(picture: np.ndarray, mask: np.ndarray, plate: np.ndarray, seed: int, *, known: bool) -> Crop:
    """The crop that the identity check would cut out of a frame in which the subject stands."""
    random = np.random.default_rng(seed)
    rows, columns = np.nonzero(mask > 0.5)
    if len(rows):
        cut = slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1)
        picture, mask = picture[cut], mask[cut]
    if random.random() < 0.5:
        picture, mask = picture[:, ::-1], mask[:, ::-1]
    high = int(random.integers(*_SIZES))
    scale = min(high / picture.shape[0], 0.8 * plate.shape[1] / picture.shape[1])
    size = max(round(picture.shape[1] * scale), 8), max(round(picture.shape[0] * scale), 8)
    picture = cv2.resize(np.ascontiguousarray(picture), size, interpolation=cv2.INTER_AREA)
    alpha = cv2.resize(np.ascontiguousarray(mask, np.float32), size, interpolation=cv2.INTER_AREA)[..., None]
    x, y = (
        int(random.integers(0, most - side)) for most, side in ((plate.shape[1], size[0]), (plate.shape[0], size[1]))
    )
    frame = plate.copy()
    place = slice(y, y + size[1]), slice(x, x + size[0])
    frame[place] = np.round(alpha * picture + (1 - alpha) * frame[place]).astype(np.uint8)
    frame = _relit(frame, random)
    margin = max(size) // 8  # as the check cuts
    around = (
        slice(max(y - margin, 0), y + size[1] + margin),
        slice(max(x - margin, 0), x + size[0] + margin),
    )
    whole = np.zeros(plate.shape[:2], np.float32)
    whole[place] = alpha[..., 0] > 0.5
    return Crop(np.ascontiguousarray(frame[around]), np.ascontiguousarray(whole[around]) if known else None)


def _relit(rgb: np.ndarray, random: np.random.Generator) -> np.ndarray:
    gain = np.exp(random.normal() * 0.25) * np.exp(random.normal(size=3) * 0.08)
    light = np.clip((rgb / 255.0) ** 2.2 * gain, 0, 1) ** (np.exp(random.normal() * 0.08) / 2.2)
    changed = (light * 255).astype(np.uint8)
    _, packed = cv2.imencode(".jpg", changed[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(40, 90))])
    return np.ascontiguousarray(cv2.imdecode(packed, cv2.IMREAD_COLOR)[..., ::-1])  # type: ignore[index]


def _accuracy(shown: np.ndarray, references: np.ndarray, names: np.ndarray) -> list[str]:
    """AUROC and recall at 5 % false alarm of “this is somebody else”, with intervals over subjects."""
    likeness = np.nan_to_num(shown @ references.T, nan=-1.0)
    np.fill_diagonal(likeness, -np.inf)  # a photograph is no reference of itself
    subjects = np.unique(names)
    nearest = np.stack([likeness[:, names == subject].max(axis=1) for subject in subjects], axis=1)
    same = names[:, None] == subjects[None]
    random = np.random.default_rng(7)
    drawn = [random.choice(len(subjects), len(subjects)) for _ in range(_RESAMPLED)]
    both = [
        _told(nearest, same, np.concatenate([np.flatnonzero(names == subjects[s]) for s in some])) for some in drawn
    ]
    whole = _told(nearest, same, np.arange(len(names)))
    cells: list[str] = []
    for which in range(2):
        low, high = np.quantile([each[which] for each in both], (0.025, 0.975))
        cells.append(f"{whole[which]:.3f} ({low:.3f}–{high:.3f})")
    return cells


def _told(nearest: np.ndarray, same: np.ndarray, rows: np.ndarray) -> tuple[float, float]:
    from scipy.stats import rankdata

    genuine, others = nearest[rows][same[rows]], nearest[rows][~same[rows]]
    ranks = rankdata(np.concatenate([genuine, others]))[: len(genuine)]
    auroc = (ranks.sum() - len(genuine) * (len(genuine) + 1) / 2) / (len(genuine) * len(others))
    level = np.quantile(genuine, _ALARMS, method="lower")
    return float(auroc), float(np.mean(others < level))
