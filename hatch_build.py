"""A wheel carries the browser assets, so that installing it needs neither node nor a network."""

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsInWheel(BuildHookInterface):
    def dependencies(self) -> list[str]:
        assets = load_assets(self.root)
        if assets.is_current(assets.lock_key()) or shutil.which("npm"):
            return []
        return [assets.NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        # An editable install builds its assets with `make assets`, when it wants them.
        if version != "editable":
            load_assets(self.root).main()


def load_assets(root: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("assets", Path(root) / "tools" / "assets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
