"""Words that say how a body is built or stands. Light to import."""

_WORDS = {
    "heavy": "fat heavy heavyset obese plump portly rotund stout tubby chubby overweight large",
    "stocky": "stocky burly thickset squat sturdy",
    "broad": "muscular broad brawny athletic strapping broad-shouldered hulking massive powerful",
    "thin": "thin skinny gaunt bony scrawny emaciated lanky gangly",
    "slim": "slim slender lean willowy svelte",
    "slight": "slight petite frail delicate tiny small wiry",
}
BUILDS_SAID: dict[str, str] = {word: build for build, words in _WORDS.items() for word in words.split()}
"""Word → the build that it says."""

STOOPED = frozenset(("stooped", "hunched", "bent", "hunchback"))
