#!/bin/bash
# How long an outsider waits for a name that is hidden, and for one that is not there: pairs of requests in turns over the routes
# of names, copies, explanations and bytes. Prints for each route the two medians and their difference in milliseconds.
# usage: bench/existence.sh [PAIRS]      pairs over all routes together, 1,000 if absent
# Exit 1 when a difference of medians is 5 ms or more, or an answer differs.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
. build/jdk.sh
find_jdk || exit 2
pairs=${1:-1000}
build/jars.sh --if-missing || exit 2

work=$(mktemp -d) || exit 2
chmod 711 "$work"
server=
cleanup() {
    [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
    bench/cluster.sh stop "$work/cluster"
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

port=$(bench/cluster.sh start "$work/cluster") || exit $?
psql -q -h 127.0.0.1 -p "$port" -U postgres -c 'CREATE DATABASE holdfast' postgres || exit 2
lab=server/src/test/resources/lab
mkdir "$work/plan"
cp "$lab/hidden.yaml" "$work/plan/levels.yaml"
cp "$lab/lab-sites.yaml" "$work/plan/levels-sites.yaml"
cp "$lab/hidden-policy.yaml" "$work/plan/levels-policy.yaml"
./holdfast serve --data "$work/data" --port 0 --plan "$work/plan/levels.yaml" \
    --database-url "jdbc:postgresql://127.0.0.1:$port/holdfast?user=postgres" >"$work/serve.log" 2>"$work/serve.err" &
server=$!
url=
for _ in $(seq 1 600); do
    url=$(sed -n 's/^ready \(http[^ ]*\).*/\1/p' "$work/serve.log" | head -n 1)
    [ -n "$url" ] && break
    kill -0 "$server" 2>/dev/null || { tail -n 5 "$work/serve.err" >&2; exit 2; }
    sleep 0.1
done
[ -n "$url" ] || exit 2
echo "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg)"
"$JAVA_HOME/bin/java" bench/existence/Pairs.java "${url%/}" "$(cat "$work/data/admin.secret")" "$pairs"
