#!/bin/sh
# What libraries go into Holdfast is what was looked at: each jar's SHA-256 stands in build/artifacts.sha256.
# With --write (make artifacts) it writes that list anew; a change of it is to be read like a change of code.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
list=build/artifacts.sha256

if [ ! -d server/target/lib ] || [ ! -d cli/target/lib ]; then
    echo "FAILED libraries are those of $list: nothing is built yet, run build/maven.sh package"
    exit 2
fi
libraries() {
    for folder in cli server; do
        find "$folder/target/lib" -name '*.jar' ! -name 'holdfast-*' -exec sha256sum {} + |
            sed 's|  .*/|  |' | sort -k 2 | sed "s|\$|  $folder|"
    done
}

if [ "${1:-}" = --write ]; then
    libraries >"$list"
    echo "$(wc -l <"$list") libraries stand in $list; give each new one its line in docs/dependencies.md"
    exit 0
fi
found=$(mktemp) || exit 2
trap 'rm -f "$found"' EXIT
libraries >"$found"
if difference=$(diff "$list" "$found"); then
    echo "ok libraries are those of $list"
else
    echo "FAILED libraries are those of $list: '<' is missing, '>' is new; when that is wanted: make artifacts"
    printf '%s\n' "$difference"
fi
