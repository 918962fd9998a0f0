#!/bin/sh
# Asks the open advisories (osv.dev) about every library that the bills of materials name; `make advisories` runs it.
# ADVISORIES=DIR asks a copy instead, without a network: DIR/Maven/all.zip as osv.dev exports it.
# Ends with 0 when nothing is known, 1 when something is, 3 when it could not be asked: that is no all-clear.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
scanner=${OSV_SCANNER:-osv-scanner}
if ! command -v "$scanner" >/dev/null; then
    echo "Not asked: osv-scanner is not there. Install it, or name it by OSV_SCANNER:" >&2
    echo "  go install github.com/google/osv-scanner/v2/cmd/osv-scanner@v2.5.0" >&2
    exit 3
fi
for bill in cli/target/bom.json server/target/bom.json; do
    if [ ! -f "$bill" ]; then
        echo "Not asked: there is no $bill: run build/maven.sh -DskipTests package" >&2
        exit 3
    fi
done
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

# Given a bill itself, the scanner forgets the groups of Maven's names, and so finds nothing, ever.
mkdir "$scratch/canary"
sed -n 's|.*"purl" : "pkg:maven/\([^/]*\)/\([^@]*\)@\([^?"]*\).*|\1:\2:\3=runtime|p' cli/target/bom.json server/target/bom.json |
    grep -v ':holdfast-' | sort -u >"$scratch/gradle.lockfile"
# A driver with a known hole: who does not see it sees nothing.
echo 'org.postgresql:postgresql:42.7.1=runtime' >"$scratch/canary/gradle.lockfile"

ask() {
    if [ -n "${ADVISORIES:-}" ]; then
        OSV_SCALIBR_LOCAL_DB_CACHE_DIRECTORY=$ADVISORIES "$scanner" scan source --offline --lockfile "$1"
    else
        "$scanner" scan source --lockfile "$1"
    fi
}

if ! ask "$scratch/canary/gradle.lockfile" 2>"$scratch/why" | grep -q GHSA-24rp-q3w6-vc56; then
    cat "$scratch/why" >&2
    echo "Not asked: the advisories do not tell of a hole that is known (GHSA-24rp-q3w6-vc56); no network, or no copy in ADVISORIES?" >&2
    exit 3
fi
libraries=$(wc -l <"$scratch/gradle.lockfile")
ask "$scratch/gradle.lockfile" >"$scratch/answer" 2>"$scratch/why"
case $? in
    0) echo "$libraries libraries asked: no advisory is known." ;;
    1)
        cat "$scratch/answer"
        echo "$libraries libraries asked: see above. Raise the version in the parent pom.xml, or say in docs/dependencies.md why it does not touch us." >&2
        exit 1
        ;;
    *)
        cat "$scratch/why" >&2
        echo "Not asked: the scanner failed, see above." >&2
        exit 3
        ;;
esac
