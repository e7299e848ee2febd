"""`face`: likeness by face, with OpenCV's YuNet to find it and SFace to know it."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from characters.likeness.base import Crop, blank, unit
from characters.likeness.weights import content_revision, local_folder, models_home
from storyboard.errors import InputError, MissingInstall, Problem
from storyboard.frozen import Frozen

YUNET = "face_detection_yunet_2023mar.onnx"
SFACE = "face_recognition_sface_2021dec.onnx"
SOURCE = "https://github.com/opencv/opencv_zoo/tree/main/models"
SIZE = 128
LEAST = 96  # pixels on the short side, to which a smaller crop is enlarged: YuNet finds faces from about 10 pixels


class FaceSettings(Frozen):
    """How `face` is set in film.yaml."""

    folder: Annotated[str, Field(min_length=1)] = "face"  # with both files: in the film's folder, or this machine's
    sure: Annotated[float, Field(gt=0, lt=1)] = 0.7  # score from which YuNet's find is a face


class Face:
    """YuNet (Wu et al. 2023) and SFace (Zhong et al. 2021); their weights may be used commercially.

    Raises MissingInstall when made, if the two files are not there.
    """

    name = "face"
    version = "1"
    size = SIZE

    def __init__(self, settings: FaceSettings, film: Path) -> None:
        self._settings = settings
        folder = local_folder(settings.folder, film)
        missing = [name for name in (YUNET, SFACE) if folder is None or not (folder / name).is_file()]
        if folder is None or missing:
            place = folder or models_home() / settings.folder
            what = f"`face` needs {' and '.join(missing)}, which this machine lacks."
            todo = f"Fetch from {SOURCE} (face_detection_yunet, face_recognition_sface) and put into {place}."
            raise MissingInstall(Problem(what=what, todo=todo))
        self._folder = folder

    @property
    def revision(self) -> str:
        return f"{self._content} {self._settings.sure}"

    @cached_property
    def _content(self) -> str:
        return content_revision(self._folder, (YUNET, SFACE))

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        import cv2

        try:
            finder = cv2.FaceDetectorYN.create(str(self._folder / YUNET), "", (320, 320), self._settings.sure)
            return finder, cv2.FaceRecognizerSF.create(str(self._folder / SFACE), "")
        except cv2.error as error:
            what = f"`face`: the weights in {self._folder} cannot be loaded ({error.err or error})."
            raise InputError(Problem(what=what, todo=f"Fetch them again from {SOURCE}.")) from None

    def embed(self, crops: Sequence[Crop]) -> np.ndarray:
        """float32[N, 128], rows of length 1; NaN where no face is to be seen: a back of a head is not unlike."""
        vectors = blank(len(crops), SIZE)
        for row, crop in enumerate(crops):
            if crop.readable and (found := self._one(crop)) is not None:
                vectors[row] = found
        return vectors

    def _one(self, crop: Crop) -> np.ndarray | None:
        import cv2

        finder, knower = self._loaded
        bgr = cv2.cvtColor(crop.pixels, cv2.COLOR_RGB2BGR)
        scale = max(1.0, LEAST / min(bgr.shape[:2]))
        if scale > 1:
            bgr = cv2.resize(bgr, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        finder.setInputSize((bgr.shape[1], bgr.shape[0]))
        face = main_face(finder.detect(bgr)[1])
        return None if face is None else unit(knower.feature(knower.alignCrop(bgr, face)))


def main_face(found: np.ndarray | None) -> np.ndarray | None:
    """Whose face a crop is of: the largest, weighed by how sure it is one.

    ``found``: float32[N, 15] of YuNet (box, five points, score), or None. Returns float32[15] or None.
    """
    if found is None or not len(found):
        return None
    return found[int(np.argmax(found[:, 2] * found[:, 3] * found[:, 14]))]
