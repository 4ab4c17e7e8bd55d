"""The JSON Schema of a pack's files, for editors that help an author while writing."""

from typing import Any

from pydantic.json_schema import models_json_schema

from content.loader import MODELS


def pack_schema() -> dict[str, Any]:
    """Return one document with a definition of each kind of file under ``$defs``, and which file is of which kind."""
    _, schema = models_json_schema([(model, "validation") for model in MODELS.values()], by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A content pack of Metodcoach",
        "oneOf": [{"$ref": f"#/$defs/{model.__name__}"} for model in MODELS.values()],
        "x-files": {
            (
                f"{kind}/*.yaml" if kind.endswith("s") and kind != "nudges" else f"{kind}.yaml"
            ): f"#/$defs/{model.__name__}"
            for kind, model in MODELS.items()
        },
        **schema,
    }


def file_schema(kind: str) -> dict[str, Any]:
    """Return the schema of one kind of file (``pack``, ``steps`` …), with what it refers to under ``$defs``."""
    return MODELS[kind].model_json_schema(by_alias=True)
