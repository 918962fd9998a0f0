#!/bin/sh
# Runs every build/*-test.sh; each prints one line 'ok NAME' or 'FAILED NAME' for each promise it checks.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
mkdir -p target
results=target/shell-tests.tsv
: >"$results"
total=0
failed=0
for suite in build/*-test.sh; do
    began=$(date +%s)
    output=$(sh "$suite" 2>&1)
    ended=$(date +%s)
    good=$(printf '%s\n' "$output" | grep -c '^ok ')
    bad=$(printf '%s\n' "$output" | grep -c '^FAILED ')
    # A suite that breaks off before its first line has failed too.
    [ $((good + bad)) -gt 0 ] || bad=1
    [ "$bad" = 0 ] || printf '%s\n' "$output"
    printf '%s\t%s\t%s\t%s\n' "$suite" $((good + bad)) "$bad" $((ended - began)) >>"$results"
    total=$((total + good + bad))
    failed=$((failed + bad))
done
echo "Shell tests run: $total, Failures: $failed"
[ "$failed" = 0 ]
