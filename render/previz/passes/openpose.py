"""How OpenPose's body is drawn: the picture that pose control models are trained on.

The 17 limbs in their order, each an ellipse in a colour of its own, dimmed to 0.6, and over them the 18 points of the
COCO model as full discs: as ``draw_bodypose`` of ``controlnet_aux/open_pose/util.py`` (the same in VACE's
``annotators/dwpose/util.py``), which sets 4 pixels for limbs and points where the picture's short side is 512.
"""

import math

import numpy as np

POINTS = (
    "nose", "neck", "right shoulder", "right elbow", "right wrist", "left shoulder", "left elbow", "left wrist",
    "right hip", "right knee", "right ankle", "left hip", "left knee", "left ankle", "right eye", "left eye",
    "right ear", "left ear",
)  # fmt: skip
FACE = (0, 14, 15, 16, 17)
LIMBS = (
    (1, 2), (1, 5), (2, 3), (3, 4), (5, 6), (6, 7), (1, 8), (8, 9), (9, 10), (1, 11), (11, 12), (12, 13), (1, 0),
    (0, 14), (14, 16), (0, 15), (15, 17),
)  # fmt: skip
COLOURS = (
    (255, 0, 0), (255, 85, 0), (255, 170, 0), (255, 255, 0), (170, 255, 0), (85, 255, 0), (0, 255, 0), (0, 255, 85),
    (0, 255, 170), (0, 255, 255), (0, 170, 255), (0, 85, 255), (0, 0, 255), (85, 0, 255), (170, 0, 255),
    (255, 0, 255), (255, 0, 170), (255, 0, 85),
)  # fmt: skip
DIMMED = 0.6


def draw_bodies(size: tuple[int, int], points: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """People as OpenPose draws them, uint8[H, W, 3] RGB on black.

    ``size`` is width and height; ``points`` float[P, 18, 2] pixels; ``drawn`` bool[P, 18]: a limb needs both ends.
    """
    import cv2

    width, height = size
    thick = max(round(4 * min(width, height) / 512), 1)
    canvas = np.zeros((height, width, 3), np.uint8)
    for (start, end), colour in zip(LIMBS, COLOURS, strict=False):
        for person, shown in zip(points, drawn, strict=True):
            if shown[start] and shown[end]:
                (x0, y0), (x1, y1) = person[start], person[end]
                length, angle = math.hypot(x1 - x0, y1 - y0), math.degrees(math.atan2(y0 - y1, x0 - x1))
                middle = (int((x0 + x1) / 2), int((y0 + y1) / 2))
                outline = np.array(cv2.ellipse2Poly(middle, (int(length / 2), thick), int(angle), 0, 360, 1), np.int32)
                cv2.fillConvexPoly(canvas, outline, colour)
    canvas = (canvas * DIMMED).astype(np.uint8)
    for index, colour in enumerate(COLOURS):
        for person, shown in zip(points, drawn, strict=True):
            if shown[index]:
                cv2.circle(canvas, (int(person[index, 0]), int(person[index, 1])), thick, colour, thickness=-1)
    return canvas
