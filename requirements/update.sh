#!/bin/sh
# In: pyproject.toml. Out: run.txt, test.txt and bench.txt, every package pinned with the hashes of all its files.
#
#   sh requirements/update.sh             after a change in pyproject.toml
#   sh requirements/update.sh --upgrade   to take the newest versions
#
# Needs `uv`, which the project itself does not. No address of a package index is written, so that
# each machine uses the one it is set up for.
set -eu
cd "$(dirname "$0")/.."

command -v uv >/dev/null || {
    echo "Es fehlt das Programm uv; es erneuert die Liste der Pakete." >&2
    exit 3
}

compile() {
    target=$1
    shift
    uv pip compile pyproject.toml "$@" --output-file "$target" --quiet --universal \
        --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links
    { echo "# Erzeugt aus pyproject.toml mit: sh requirements/update.sh"; cat "$target"; } >"$target.neu"
    mv "$target.neu" "$target"
}

compile requirements/run.txt "$@"
# The tests get the very versions the run gets.
compile requirements/test.txt --extra test --constraint requirements/run.txt "$@"
# What benchmarks need besides, with the versions of the run.
compile requirements/bench.txt --extra bench --constraint requirements/run.txt "$@"
