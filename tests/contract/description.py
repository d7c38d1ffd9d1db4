"""Zendesk's own description of its API, asked for paths, parameters and keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.contract.plain_yaml import load

PART = re.compile(r"\{[^}]*\}")


def bare(path: str) -> str:
    """A path whose variable parts have lost their names."""
    return PART.sub("{}", path.removesuffix(".json"))


@dataclass(frozen=True)
class Description:
    """The parsed document; paths are asked for in their bare form, below /api/v2."""

    document: dict[str, Any]

    def operations(self) -> dict[str, dict[str, Any]]:
        """Every "GET /tickets/{}" with its operation."""
        return {
            f"{method.upper()} {bare(path).removeprefix('/api/v2')}": {**item, **item[method]}
            for path, item in self.document["paths"].items()
            for method in ("get", "put", "post", "delete", "patch")
            if method in item
        }

    def template(self, method: str, path: str) -> str | None:
        """The operation that a real request means: literal parts before variable ones."""
        asked = path.removeprefix("/api/v2").removesuffix(".json").strip("/").split("/")
        fitting = [name for name in self.operations() if _fits(name, method, asked)]
        return min(fitting, key=lambda name: name.count("{}"), default=None)

    def parameters(self, name: str) -> set[str]:
        """The names of an operation's query parameters."""
        operation = self.operations()[name]
        item = self.document["paths"]
        both = [*operation.get("parameters", ()), *_shared(item, name)]
        resolved = [self._resolved(each) for each in both]
        return {each["name"] for each in resolved if each["in"] == "query"}

    def body_keys(self, name: str) -> dict[str, set[str]]:
        """The keys of a request body under each of its top-level keys; "" holds those."""
        request = self._resolved(self.operations()[name].get("requestBody", {}))
        schema = request.get("content", {}).get("application/json", {}).get("schema", {})
        top = self._properties(schema)
        return {"": set(top), **{key: set(self._properties(inner)) for key, inner in top.items()}}

    def schema_keys(self, name: str) -> set[str]:
        """The keys of a named schema."""
        return set(self._properties({"$ref": f"#/components/schemas/{name}"}))

    def _properties(self, schema: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for each in self._parts(schema):
            found |= each.get("properties", {})
        return found

    def _parts(self, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
        schema = self._resolved(schema)
        yield schema
        for key in ("allOf", "oneOf", "anyOf"):
            for part in schema.get(key, ()):
                yield from self._parts(part)

    def _resolved(self, value: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in value:
            found: Any = self.document
            for key in value["$ref"].removeprefix("#/").split("/"):
                found = found[key]
            value = found
        return value


def _shared(paths: dict[str, Any], name: str) -> list[dict[str, Any]]:
    bare_path = name.partition(" ")[2]
    return [
        each
        for path, item in paths.items()
        if bare(path).removeprefix("/api/v2") == bare_path
        for each in item.get("parameters", ())
    ]


def _fits(name: str, method: str, asked: list[str]) -> bool:
    verb, _, path = name.partition(" ")
    parts = path.strip("/").split("/")
    pairs = zip(parts, asked, strict=False)
    return (
        verb == method
        and len(parts) == len(asked)
        and all(part in ("{}", have) for part, have in pairs)
    )


@cache
def read(file: Path) -> Description:
    """The description in that file, parsed once for all tests."""
    return Description(load(file.read_text(encoding="utf-8")))
