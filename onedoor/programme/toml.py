"""Plain values as a TOML file that a person can read, change and give to `onedoor cost`."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any


def written(values: Mapping[str, Any]) -> str:
    return "\n".join(_lines(values, ())).strip() + "\n"


def _lines(values: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    tables = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    several = {key: value for key, value in values.items() if _is_tables(value)}
    plain = {key: value for key, value in values.items() if key not in tables | several}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for key, table in tables.items():
        lines += ["", f"[{_name(path, key)}]", *_lines(table, (*path, key))]
    for key, each in several.items():
        for table in each:
            lines += ["", f"[[{_name(path, key)}]]", *_lines(table, (*path, key))]
    return lines


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _name(path: tuple[str, ...], key: str) -> str:
    return ".".join(_key(part) for part in (*path, key))


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else _text(key)


def _value(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() | Decimal():
            return f"{value:f}" if isinstance(value, Decimal) else str(value)
        case date():
            return value.isoformat()
        case str():
            return _text(value)
        case list() | tuple():
            return f"[{', '.join(_value(each) for each in value)}]"
    raise TypeError(f"{type(value).__name__} is not written here")


def _text(text: str) -> str:
    # JSON's escapes are TOML's, but for one letter that TOML does not allow as it stands.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
