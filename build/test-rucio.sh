#!/bin/sh
# Rucio's own published client against a Holdfast server that this starts: which of its methods and commands work.
# The methods listed in build/rucio/expected.txt must pass, and no other may pass without being listed.
# usage: build/test-rucio.sh [WORD ...]     only proofs whose methods contain a word; the list of expected ones stays aside
#        build/test-rucio.sh --list         runs all, and writes the list anew from what passed
# Where Python or the package registry is missing it says so and passes.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
mkdir -p target
began=$(date +%s)

record() { # $1: proofs, $2: failed ones; a line of the table of suites
    [ -f target/shell-tests.tsv ] && printf '%s\t%s\t%s\t%s\n' build/test-rucio.sh "$1" "$2" $(($(date +%s) - began)) >>target/shell-tests.tsv
}

if ! venv=$(build/rucio-client.sh 2>target/rucio-client.log); then
    echo "skipped: build/test-rucio.sh: $(tail -n 1 target/rucio-client.log)"
    exit 0
fi
build/jars.sh || exit 2

work=$(mktemp -d) || exit 2
chmod 711 "$work"
server=
stop() {
    [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
    server=
}
trap 'stop; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

./holdfast serve --data "$work/data" --port 0 --plan "${HOLDFAST_PLAN:-plans/small-lab.yaml}" >"$work/serve.log" 2>"$work/serve.err" &
server=$!
url=
tries=0
while [ -z "$url" ] && [ $tries -lt 900 ] && kill -0 "$server" 2>/dev/null; do
    url=$(sed -n 's/^ready \(http[^ ]*\).*/\1/p' "$work/serve.log" | head -n 1)
    [ -n "$url" ] || sleep 0.1
    tries=$((tries + 1))
done
if [ -z "$url" ]; then
    echo "build/test-rucio.sh: the server did not come up:" >&2
    tail -n 20 "$work/serve.err" >&2
    record 1 1
    exit 1
fi

mkdir -p "$work/etc"
cat >"$work/etc/rucio.cfg" <<CFG
[common]
loglevel = ERROR
[client]
rucio_host = ${url%/}/rucio
auth_host = ${url%/}/rucio
auth_type = userpass
username = admin
password = $(cat "$work/data/admin.secret")
account = root
request_retries = 1
CFG
export RUCIO_CONFIG="$work/etc/rucio.cfg" RUCIO_HOME="$work" HOME="$work" TMPDIR="$work"
unset RUCIO_ACCOUNT RUCIO_AUTH_TYPE

case "${1:-}" in
    --list) set -- --write build/rucio/expected.txt ;;
    "") set -- --expect build/rucio/expected.txt ;;
esac
"$venv/bin/python" -W ignore build/rucio/interop "$@" >target/rucio-interop.txt 2>target/rucio-interop.err
code=$?
cat target/rucio-interop.txt
if ! grep -q ' passed$' target/rucio-interop.txt; then
    tail -n 5 target/rucio-interop.err >&2
fi
record "$(grep -c '  passed$' target/rucio-interop.txt)" "$(grep -c ' s  \(FAILED\|PASSED\)\|NO PROOF\|LISTED,' target/rucio-interop.txt)"
if [ $code != 0 ] && [ -s "$work/serve.err" ]; then
    cp "$work/serve.err" target/rucio-server.err
fi
exit $code
