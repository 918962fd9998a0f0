#!/bin/sh
# Builds the jars when they are missing or older than the sources; does nothing otherwise.
# With --if-missing it asks only whether they are there.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
cli=cli/target/holdfast-cli.jar
server=server/target/holdfast-server.jar

up_to_date() {
    [ -f "$cli" ] && [ -f "$server" ] && [ -d cli/target/lib ] && [ -d server/target/lib ] || return 1
    [ "${1:-}" = --if-missing ] && return 0
    [ -z "$(find pom.xml ./*/pom.xml ./*/src/main -newer "$cli" -type f -print | head -n 1)" ]
}

up_to_date "${1:-}" && exit 0
echo "Building Holdfast once (a minute or two; the first time Maven also fetches libraries) ..." >&2
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT
if ! build/maven.sh -q -DskipTests package >"$log" 2>&1; then
    cat "$log" >&2
    echo "The build failed, see above; 'make test' says more." >&2
    exit 2
fi
# Maven leaves a jar alone whose classes did not change; its time says when it was last looked at.
touch "$cli" "$server"
