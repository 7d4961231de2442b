#!/bin/sh
# In: Debian 12, Ubuntu 24.04 or macOS with Homebrew. Out: all that the build needs, Python packages in .venv.
#
#   sh setup.sh        for building the plan
#   sh setup.sh test   the same, and what the tests need
#
# May be run again at any time: what is there is left alone. Exit codes as in build.py: 2 for a
# wrong call, 3 for a tool that is missing and cannot be installed from here.
set -eu
cd "$(dirname "$0")"

fail() {
    code=$1
    shift
    echo "$*" >&2
    exit "$code"
}

case "$#:${1:-}" in
    0:) pins=requirements/run.txt ;;
    1:test) pins=requirements/test.txt ;;
    *) fail 2 "Aufruf: sh setup.sh (zum Bauen) oder sh setup.sh test (auch für die Tests)." ;;
esac

has() { command -v "$1" >/dev/null 2>&1; }

# --- Python ---------------------------------------------------------------------------------------

python=
find_python() {
    for name in python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            python=$name
            return 0
        fi
    done
    return 1
}

# Debian parts `venv` from Python and leaves its module there without what it needs to work.
python_ready() { find_python && "$python" -c 'import ensurepip, venv' 2>/dev/null; }

# --- What the system has to bring -----------------------------------------------------------------

# WeasyPrint opens these at run time by name; asking the loader also finds what no package manager
# put there, so that nothing is installed for its own sake.
has_library() { "$python" -c "import ctypes; ctypes.CDLL('$1')" 2>/dev/null; }

missing_debian() {
    python_ready || echo python3 python3-venv
    if find_python; then
        has_library libpango-1.0.so.0 || echo libpango-1.0-0
        has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
        has_library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
    else
        echo libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    fi
    has rsvg-convert || echo librsvg2-bin
    if [ "$pins" = requirements/test.txt ]; then
        { has pdftotext && has pdffonts && has pdftoppm; } || echo poppler-utils
        has qpdf || echo qpdf
        has git || echo git
    fi
}

missing_macos() {
    python_ready || echo python@3.13
    brew list --versions pango >/dev/null || echo pango
    has rsvg-convert || echo librsvg
    if [ "$pins" = requirements/test.txt ]; then
        { has pdftotext && has pdffonts && has pdftoppm; } || echo poppler
        has qpdf || echo qpdf
    fi
}

install_debian() {
    # shellcheck disable=SC2086 # a list of names without blanks
    set -- $missing
    has apt-get || fail 3 "Bitte installieren Sie mit der Paketverwaltung Ihres Systems, was bei Debian so heißt: $*"
    if [ "$(id -u)" -eq 0 ]; then
        root=
    elif has sudo; then
        root=sudo
    else
        fail 3 "Es fehlt: $*. Bitte als root oder mit sudo ausführen: apt-get install $*"
    fi
    echo "Systempakete werden installiert: $*"
    # An index of packages that cannot be reached need not matter for these, so this may fail.
    $root apt-get update -q >"$log" 2>&1 || true
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$@" \
        >>"$log" 2>&1 || {
        tail -n 15 "$log" >&2
        fail 3 "Die Systempakete ließen sich nicht installieren; der Grund steht darüber. Es fehlt: $*"
    }
}

install_macos() {
    # shellcheck disable=SC2086 # a list of names without blanks
    set -- $missing
    echo "Mit Homebrew wird installiert: $*"
    brew install "$@" || fail 3 "Homebrew konnte nicht alles installieren. Bitte ausführen: brew install $*"
}

# --- The virtual environment ----------------------------------------------------------------------

# Its scripts name the folder it was made in and its packages belong to one version of Python, so a
# project that was moved, or a system with a new Python, needs a new one.
venv_mark() { .venv/bin/python -c 'import sys; print(*sys.version_info[:2], sys.prefix)' 2>/dev/null; }

venv_ready() { [ -f .venv/made-as ] && [ "$(venv_mark)" = "$(cat .venv/made-as)" ]; }

# A copy of the pins is left in .venv when all of them are installed; the tests' include the run's.
packages_ready() {
    cmp -s "$pins" ".venv/installed-$(basename "$pins")"
}

install_packages() {
    echo "Python-Pakete werden in .venv installiert (beim ersten Mal etwa eine Minute) …"
    rm -f .venv/installed-*
    # Nothing is compiled on Linux. On a Mac pikepdf, which only the tests use, may have to be.
    [ "$system" = Darwin ] || binary="--only-binary :all:"
    # shellcheck disable=SC2086 # two words
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
        ${binary:-} -r "$pins" ||
        fail 3 "Die Python-Pakete ließen sich nicht installieren; der Grund steht darüber. Oft fehlt nur die Verbindung ins Netz."
    cp requirements/run.txt .venv/installed-run.txt
    cp "$pins" ".venv/installed-$(basename "$pins")"
}

# --- In order -------------------------------------------------------------------------------------

log=$(mktemp)
trap 'rm -f "$log"' EXIT
system=$(uname -s)

case "$system" in
    Darwin)
        has brew || fail 3 "Auf dem Mac wird Homebrew gebraucht (brew.sh); danach bitte noch einmal: sh setup.sh"
        missing=$(missing_macos)
        [ -z "$missing" ] || install_macos
        ;;
    Linux)
        missing=$(missing_debian)
        [ -z "$missing" ] || install_debian
        ;;
    *) fail 3 "Dieses System wird nicht unterstützt, nur Debian, Ubuntu und macOS (unter Windows: WSL mit Ubuntu)." ;;
esac

python_ready || fail 3 "Python 3.11 oder neuer wird gebraucht (Debian ab 12, Ubuntu ab 24.04); dieses System bringt nur ein älteres mit."

if ! venv_ready; then
    "$python" -m venv --clear .venv
    venv_mark >.venv/made-as
fi
packages_ready || install_packages

if [ "$pins" = requirements/test.txt ]; then
    echo "Fertig. Die Tests starten mit: .venv/bin/pytest"
else
    echo "Fertig. Der Plan wird gebaut mit: .venv/bin/python build.py"
fi
