#!/usr/bin/env bash
# Makes this checkout ready to run. Everything lands inside it; a second run takes about a second.
set -euo pipefail
. "$(dirname "$0")/say.sh"
cd "$here"

uv_version=0.13.9
unset VIRTUAL_ENV
export UV_PYTHON_DOWNLOADS=never  # use the machine's Python, never fetch an interpreter
export NPM_CONFIG_UPDATE_NOTIFIER=false NPM_CONFIG_FUND=false NPM_CONFIG_AUDIT=false

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 /usr/bin/python3 python3.11 python3.12 python3.13 python3.14; do
        if new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    cannot "One Door needs Python 3.11 or later, and none was found: on Debian 12, 'apt-get install python3 python3-venv'."
}

python=$(find_python)

if [ "$(.tools/bin/uv --version 2>/dev/null | cut -d' ' -f2)" != "$uv_version" ]; then
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        # Debian keeps half of venv in a package of its own; only Debian's Python can use it.
        debian_package python3-venv "to make a virtual environment" || cannot "$missing"
        "$python" -c 'import ensurepip, venv' 2>/dev/null || python=/usr/bin/python3
    fi
    say "Fetching uv $uv_version, which installs the Python packages in uv.lock"
    "$python" -m venv --clear .tools
    .tools/bin/pip install --quiet --disable-pip-version-check "uv==$uv_version" ||
        cannot "pip could not fetch uv $uv_version: is the package index reachable?"
fi

# All of it: a checkout is for building and testing. A council installs only what it asks for.
extras=(--extra service --extra postgres --extra postcodes --extra evaluate --extra fast --extra pdf)
if .tools/bin/uv sync --quiet --locked --check "${extras[@]}" 2>/dev/null; then
    say "Python packages are as uv.lock says"
else
    say "Installing the Python packages in uv.lock into .venv"
    [ -d .venv ] || .tools/bin/uv venv --quiet --python "$python" .venv
    .tools/bin/uv sync --quiet --locked "${extras[@]}" ||
        cannot "The Python packages in uv.lock could not be installed: the lines above say why."
fi

say "Building the scripts, styles and fonts that the pages use"
.venv/bin/python tools/assets.py
say "Ready"
