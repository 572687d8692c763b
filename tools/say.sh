# How every script here talks, and how it gets a Debian package. Sourced, never run.
# The seconds count from the first script, which the others are called by.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

export ONEDOOR_STARTED=${ONEDOOR_STARTED:-$EPOCHSECONDS}

say() { printf '%4ds  %s\n' "$((EPOCHSECONDS - ONEDOOR_STARTED))" "$*" >&2; }

cannot() {
    printf '\n       %s\n\n' "$*" >&2
    exit 1
}

# debian_package NAME "what it is for": installs it, or says in one sentence why that is not possible.
debian_package() {
    local name=$1 purpose=$2 as_root=() log
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            as_root=(sudo -n)
        else
            missing="Debian's package $name is needed $purpose: install it with 'apt-get install $name', or run this as root."
            return 1
        fi
    fi
    if ! command -v apt-get >/dev/null; then
        missing="$name is needed $purpose, and this machine has no apt-get to install it with."
        return 1
    fi
    say "Installing Debian's package $name $purpose"
    log=$(mktemp)
    if { "${as_root[@]}" apt-get install -y --no-install-recommends "$name" ||
        { "${as_root[@]}" apt-get update && "${as_root[@]}" apt-get install -y --no-install-recommends "$name"; }; } \
        </dev/null >"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi
    tail -n 5 "$log" >&2
    rm -f "$log"
    missing="Debian's package $name is needed $purpose, and apt-get could not install it."
    return 1
}

# Without a thing the tests need: on a person's machine say so and go on, with CI=true fail.
do_without() {
    [ "${CI:-}" != true ] || cannot "$1"
    say "Going on without: $1"
}
