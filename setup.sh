#!/bin/sh
# In: Debian 12, Ubuntu 24.04 or macOS with Homebrew. Out: all that the build needs, Python packages in .venv.
#
#   sh setup.sh        for building the plan
#   sh setup.sh test   the same, and what the tests need: tools, and veraPDF in .venv/verapdf
#
# With the environment variable CI set, all that is wanted has to be there; without it veraPDF may be missing.
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
    # Nothing is compiled on Linux. On a Mac a package may lack a wheel for the newest system.
    [ "$system" = Darwin ] || binary="--only-binary :all:"
    # shellcheck disable=SC2086 # two words
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
        ${binary:-} -r "$pins" ||
        fail 3 "Die Python-Pakete ließen sich nicht installieren; der Grund steht darüber. Oft fehlt nur die Verbindung ins Netz."
    cp requirements/run.txt .venv/installed-run.txt
    cp "$pins" ".venv/installed-$(basename "$pins")"
}

# --- veraPDF, which says whether a PDF keeps to its standards --------------------------------------

# Maven fetches it, from wherever this machine is set up to fetch from; the sum says that it is the one meant.
verapdf_artifact=org.verapdf.apps:greenfield-apps:1.28.2
verapdf_sum=687d4d8bcfec48c9f7e931cf78ed061f1eeccfba55d4cdc000ba9b4d8aa46ce6
verapdf=.venv/verapdf/greenfield-apps.jar
maven_copy=org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy

sum_of() { "$python" -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$1"; }

verapdf_ready() { [ -f "$verapdf" ] && [ "$(sum_of "$verapdf")" = "$verapdf_sum" ]; }

# Homebrew's Java is not in the path of a Mac, and what is there only says that there is none.
has_java() {
    for java in java /opt/homebrew/opt/openjdk/bin/java /usr/local/opt/openjdk/bin/java; do
        if "$java" -version >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

missing_for_verapdf() {
    if [ "$system" = Darwin ]; then runtime=openjdk; else runtime=default-jre-headless; fi
    has_java || echo "$runtime"
    verapdf_ready || has mvn || echo maven
}

fetch_verapdf() {
    echo "veraPDF wird geholt …"
    rm -f "$verapdf"
    mvn -q -B -C "$maven_copy" -Dartifact="$verapdf_artifact" -Dmdep.stripVersion=true \
        -DoutputDirectory="$PWD/.venv/verapdf" >"$log" 2>&1 || {
        tail -n 15 "$log" >&2
        fail 3 "veraPDF ließ sich nicht holen; der Grund steht darüber. Oft fehlt nur die Verbindung ins Netz."
    }
    verapdf_ready || {
        rm -f "$verapdf"
        fail 3 "Was statt veraPDF kam, hat die falsche Prüfsumme; es wurde gelöscht."
    }
}

# In a shell of its own, so that the rest goes on if something fails here.
bring_verapdf() (
    missing=$(missing_for_verapdf)
    [ -z "$missing" ] || "$install"
    verapdf_ready || fetch_verapdf
)

# --- In order -------------------------------------------------------------------------------------

log=$(mktemp)
trap 'rm -f "$log"' EXIT
system=$(uname -s)

case "$system" in
    Darwin)
        has brew || fail 3 "Auf dem Mac wird Homebrew gebraucht (brew.sh); danach bitte noch einmal: sh setup.sh"
        install=install_macos
        missing=$(missing_macos)
        [ -z "$missing" ] || "$install"
        ;;
    Linux)
        install=install_debian
        missing=$(missing_debian)
        [ -z "$missing" ] || "$install"
        ;;
    *) fail 3 "Dieses System wird nicht unterstützt, nur Debian, Ubuntu und macOS (unter Windows: WSL mit Ubuntu)." ;;
esac

python_ready || fail 3 "Python 3.11 oder neuer wird gebraucht (Debian ab 12, Ubuntu ab 24.04); dieses System bringt nur ein älteres mit."

if ! venv_ready; then
    "$python" -m venv --clear .venv
    venv_mark >.venv/made-as
fi
packages_ready || install_packages

if [ "$pins" = requirements/test.txt ] && ! bring_verapdf; then
    [ -z "${CI:-}" ] || fail 3 "Ohne veraPDF lässt sich nicht alles prüfen; wo CI gesetzt ist, darf es nicht fehlen."
    echo "Ohne veraPDF geht es weiter: Die Tests, ob das PDF PDF/A-2a und PDF/UA-1 einhält, werden ausgelassen." >&2
fi

if [ "$pins" = requirements/test.txt ]; then
    echo "Fertig. Die Tests starten mit: .venv/bin/pytest"
else
    echo "Fertig. Der Plan wird gebaut mit: .venv/bin/python build.py"
fi
