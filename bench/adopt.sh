#!/bin/bash
# Adopts a generated Rucio of N files (default 1,000,000; datasets of 1,000; copies at two elements that no driver reaches, and
# of the first 1,000 files at one that a driver reads) from a dump, twice, and says how fast, what the second run registered,
# which planted conflicts were found, what was asked of the drivers, and how much memory it took.
# usage: bench/adopt.sh [N]
#        bench/adopt.sh --peer [N]   N files (default 10,000) of the real Rucio server, by its interface and by a dump of its tables
# Exit 1 when the second run registered something, a conflict was missed or invented, or a driver was asked to change something.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
. build/jdk.sh
find_jdk || exit 2
peer=
[ "${1:-}" = --peer ] && { peer=yes; shift; }
files=${1:-$([ -n "$peer" ] && echo 10000 || echo 1000000)}
build/jars.sh --if-missing || exit 2
status=0
element=LIBRARY-DISK

work=$(mktemp -d) || exit 2
chmod 711 "$work"
server=
cleanup() {
    [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
    [ -n "$peer" ] && bench/rucio-peer.sh stop
    bench/cluster.sh stop "$work/cluster"
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

wrong() {
    echo "WRONG: $*"
    status=1
}
peak() { sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$1/status" 2>/dev/null; }
value() { # $1: a JSON file, $2: a path of keys
    python3 -c 'import json, sys
value = json.load(open(sys.argv[1]))
for key in sys.argv[2].split("."):
    value = value[key]
print(value)' "$1" "$2"
}
get() { # $1: a route of the server
    python3 -c 'import sys, urllib.request
request = urllib.request.Request(sys.argv[1], headers={"Authorization": "Bearer " + open(sys.argv[2]).read().strip()})
sys.stdout.write(urllib.request.urlopen(request).read().decode())' "${url%/}$1" "$work/data/admin.secret"
}
holdfast() { # the verb's own process is the launcher's
    ./holdfast "$@" --url "${url%/}" --secret-file "$work/data/admin.secret"
}

# Runs a verb with --json into $work/NAME.json; its seconds, exit code and memory are left in seconds, code, highest.
measure() { # $1: NAME, $2...: the verb
    local name=$1 began pid now
    shift
    began=$(date +%s.%N)
    HOLDFAST_JAVA_OPTIONS=-Xmx256m holdfast "$@" --json --progress >"$work/$name.json" 2>"$work/$name.err" &
    pid=$!
    highest=0
    while kill -0 "$pid" 2>/dev/null; do
        now=$(for p in "$pid" $(cat "/proc/$pid/task/$pid/children" 2>/dev/null); do peak "$p"; done | sort -n | tail -n 1)
        [ "${now:-0}" -gt "$highest" ] && highest=$now
        sleep 0.1
    done
    wait "$pid"
    code=$?
    seconds=$(echo "$(date +%s.%N) $began" | awk '{ printf "%.1f", $1 - $2 }')
    if [ $code -gt 1 ]; then
        echo "bench/adopt.sh: $name ended with $code:" >&2
        tail -n 5 "$work/$name.err" >&2
        exit 2
    fi
}

adopted() { # $1: name, $2: what is said of it
    printf '  %-28s %8s %9s %10s %10s %10s %10s %8s %8s\n' "$2" "$seconds" "$(value "$work/$1.json" filesPerSecond)" \
        "$(value "$work/$1.json" counts.files.registered)" "$(value "$work/$1.json" counts.copies.registered)" \
        "$(value "$work/$1.json" registered)" "$(value "$work/$1.json" conflicts)" $((highest / 1024)) $(($(peak "$server") / 1024))
}

heading() {
    echo "load $(cut -d' ' -f1-3 /proc/loadavg)"
    printf '  %-28s %8s %9s %10s %10s %10s %10s %8s %8s\n' "" seconds files/s files copies registered conflicts "verb MB" "server MB"
}

compared() { # $1: name, $2: what
    printf '  %-28s %8s  %s equal, %s only there, %s only here, %s different; exit %s; %s MB\n' "$2" "$seconds" \
        "$(value "$work/$1.json" equal)" "$(value "$work/$1.json" onlyThere)" "$(value "$work/$1.json" onlyHere)" \
        "$(value "$work/$1.json" different)" "$code" $((highest / 1024))
}

echo "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg)"
port=$(bench/cluster.sh start "$work/cluster") || exit $?
psql -q -h 127.0.0.1 -p "$port" -U postgres -c 'CREATE DATABASE holdfast' postgres || exit 2
./holdfast serve --data "$work/data" --port 0 --plan plans/small-lab.yaml \
    --database-url "jdbc:postgresql://127.0.0.1:$port/holdfast?user=postgres" >"$work/serve.log" 2>"$work/serve.err" &
server=$!
url=
for _ in $(seq 1 1800); do
    url=$(sed -n 's/^ready \(http[^ ]*\).*/\1/p' "$work/serve.log" | sed -n 1p)
    [ -n "$url" ] && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
done
[ -n "$url" ] || { echo "bench/adopt.sh: the server did not come up:" >&2; tail -n 5 "$work/serve.err" >&2; exit 2; }

# What was asked of the drivers, and whether anything of it changes an element; $1: the answer before the adoption.
drivers() {
    get /api/sites/calls >"$work/calls-after.json"
    python3 - "$1" "$work/calls-after.json" <<'PY' || wrong "a driver was asked to change something"
import json, sys
before, after = (json.load(open(f)) for f in sys.argv[1:3])
changing = []
for element, kinds in sorted(after.items()):
    more = {k: n - before.get(element, {}).get(k, 0) for k, n in kinds.items()}
    more = {k: n for k, n in more.items() if n}
    print("  asked of %-14s %s" % (element + ":", ", ".join("%s %d" % i for i in sorted(more.items())) or "nothing"))
    changing += [k for k in more if k.startswith(("write", "release")) and "own" not in k]
sys.exit(1 if changing else 0)
PY
}

if [ -n "$peer" ]; then
    bench/rucio-peer.sh start "$port" >"$work/peer.log" 2>&1 || { cat "$work/peer.log" >&2; exit 3; }
    there=$(sed -n 's/^ready \([^ ]*\).*/\1/p' "$work/peer.log" | tail -n 1)
    "$JAVA_HOME/bin/java" bench/rucio/Fill.java "$there" bench bench "$files" || exit 2
    echo bench >"$work/password"
    login=(--rucio-user bench --rucio-password-file "$work/password")
    get /api/sites/calls >"$work/calls-before.json"
    heading
    for name in first second; do
        measure "$name" adopt rucio --observe "$there" "${login[@]}" --conflicts "$work/conflicts"
        adopted "$name" "by its interface, $name run"
    done
    [ "$(value "$work/second.json" registered)" = 0 ] || wrong "the second run registered something"
    [ "$(value "$work/first.json" counts.files.registered)" = "$files" ] || wrong "not every file came in"
    measure by-rest adopt compare "$there" --scope bench "${login[@]}"
    compared by-rest "compared, by its interface"
    [ $code = 0 ] || wrong "it is not equal"
    mkdir "$work/dump"
    (cd "$work/dump" && psql -X -q -A -t -v ON_ERROR_STOP=1 -v FETCH_COUNT=10000 -f "$root/docs/reference/adopt-dump.sql" \
        -h 127.0.0.1 -p "$port" -U postgres rucio) || exit 2
    measure by-dump adopt compare "$work/dump" --scope bench
    compared by-dump "compared, by a dump"
    [ "$(value "$work/by-dump.json" digest)" = "$(value "$work/by-rest.json" digest)" ] || wrong "dump and interface say different things"
    measure dump-adopted adopt rucio --observe "$work/dump"
    adopted dump-adopted "the dump adopted after it"
    [ "$(value "$work/dump-adopted.json" registered)" = 0 ] || wrong "the dump says more than the interface"
    "$JAVA_HOME/bin/java" bench/rucio/Fill.java "$there" bench bench 1 later || exit 2
    measure changed adopt compare "$there" --scope bench "${login[@]}"
    compared changed "compared, one file came there"
    [ "$code.$(value "$work/changed.json" onlyThere)" = 1.1 ] || wrong "the change was not seen"
    drivers "$work/calls-before.json"
    exit $status
fi

for _ in $(seq 1 300); do
    [ -f "$work/data/elements/$element/.holdfast-element" ] && break
    sleep 0.1
done
"$JAVA_HOME/bin/java" bench/adopt/AdoptDumps.java "$files" "$work/dumps" "$element" "$work/data/elements/$element" || exit 2
get /api/sites/calls >"$work/calls-before.json"
heading
measure earlier adopt rucio --observe "$work/dumps/earlier"
adopted earlier "an earlier dump of some"
for name in first second; do
    measure "$name" adopt rucio --observe "$work/dumps/full" --conflicts "$work/conflicts-$name"
    adopted "$name" "the whole dump, $name run"
    grep '^ *[a-z]*: ' "$work/$name.err" | awk -F: '{ last[$1] = $0; if (!seen[$1]++) order[++n] = $1 } END { for (i = 1; i <= n; i++) print "    " last[order[i]] }'
    python3 - "$work/conflicts-$name" "$work/dumps/planted.tsv" <<'PY' || wrong "conflicts were missed or invented"
import collections, json, sys
found = {(c["what"], c["name"]) for c in map(json.loads, open(sys.argv[1]))}
planted = {tuple(line.rstrip("\n").split("\t")) for line in open(sys.argv[2])}
kinds = collections.Counter(what for what, _ in planted)
print("    planted %d (%s), found %d, missed %d, invented %d" % (
    len(planted), ", ".join("%s %d" % k for k in sorted(kinds.items())), len(found), len(planted - found), len(found - planted)))
for one in list(planted - found)[:3] + list(found - planted)[:3]:
    print("      for example", one)
sys.exit(0 if found == planted else 1)
PY
done
[ "$(value "$work/second.json" registered)" = 0 ] || wrong "the second run registered something"
measure compared adopt compare "$work/dumps/full" --scope instrument
compared compared "compared both ways"
near=$((files / 10 < 1000 ? files / 10 : 1000))
for _ in $(seq 1 30); do # reading them is not what is measured; what was read by then is told
    holdfast adopt status --json >"$work/status.json" 2>/dev/null
    [ "$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["scopes"][0]["copies"]["proved"])' "$work/status.json")" -ge "$near" ] && break
    sleep 1
done
holdfast adopt status | sed 's/^/  /'
get /api/status >"$work/now.json"
echo "  copies wanted $(value "$work/now.json" copiesWanted); server at its highest $(($(peak "$server") / 1024)) MB"
[ "$(value "$work/now.json" copiesWanted)" = 0 ] || wrong "something was ordered"
drivers "$work/calls-before.json"
psql -q -A -t -h 127.0.0.1 -p "$port" -U postgres holdfast -c "select '  database ' || pg_database_size('holdfast') / 1000000 || ' MB'"
exit $status
