"""The JSON Schema of film.yaml, for editors that complete and check while one types."""

from typing import Any

from characters.bible import Bible
from director.film import FilmFile

ADDRESS = "https://json-schema.org/draft/2020-12/schema"


def film_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of film.yaml, the bible within it included."""
    schema = FilmFile.model_json_schema(mode="validation")
    bible = Bible.model_json_schema(mode="validation", ref_template="#/$defs/{model}")
    definitions = {**bible.pop("$defs", {}), **schema.pop("$defs", {})}
    definitions["Bible"] = bible
    schema["properties"]["bible"] = {
        "description": "A YAML file beside this one, or the bible itself.",
        "anyOf": [{"type": "string"}, {"$ref": "#/$defs/Bible"}],
    }
    schema["properties"]["generator"] = {
        "description": "The name of a generator, or its name and settings.",
        "anyOf": [{"type": "string"}, {"$ref": "#/$defs/GeneratorSettings"}],
    }
    return {"$schema": ADDRESS, "title": "A film of shotgraph", **schema, "$defs": definitions}
