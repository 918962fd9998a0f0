#!/bin/sh
# Lets the server run once on nothing and keeps what the JVM learnt of its classes and its busiest methods beside the jar
# (JEP 483, 514, 515): later starts take half the time. Does nothing when that is newer than the jar.
# The launcher works without it; a JVM that it does not fit leaves it alone.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
. build/jdk.sh
find_jdk || exit 2
build/jars.sh || exit 2
jar=server/target/holdfast-server.jar
cache=server/target/holdfast.aot
[ -f "$cache" ] && [ "$cache" -nt "$jar" ] && exit 0

echo "Training the server once, so that it starts faster (about a minute) ..." >&2
rm -f "$cache"
work=$(mktemp -d) || exit 2
chmod 711 "$work"
server=
finish() {
    [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM
HOLDFAST_JAVA_OPTIONS="-XX:AOTCacheOutput=$cache ${HOLDFAST_JAVA_OPTIONS:-}" \
    ./holdfast serve --data "$work/data" --port 0 --plan plans/small-lab.yaml >"$work/out" 2>"$work/err" &
server=$!
for _ in $(seq 1 3000); do
    url=$(sed -n 's/^ready \(http[^ ]*\).*/\1/p' "$work/out")
    [ -n "$url" ] && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
done
if [ -z "$url" ]; then
    cat "$work/err" >&2
    echo "The server did not start; it will do without." >&2
    exit 1
fi

# What most calls of a day are: files registered, put into a dataset, listed, ruled.
secret=$(cat "$work/data/admin.secret")
token=$(curl -s -D - -o "$work/ping" -H 'X-Rucio-Account: root' -H 'X-Rucio-Username: admin' \
    -H "X-Rucio-Password: $secret" "$url/rucio/auth/userpass" | tr -d '\r' | sed -n 's/^[Xx]-[Rr]ucio-[Aa]uth-[Tt]oken: //p')
call() { # $1: method, $2: path, body from stdin
    curl -s -o "$work/answer" -X "$1" -H "X-Rucio-Auth-Token: $token" --data-binary @- "$url/rucio$2"
}
call POST /scopes/root/train </dev/null
for rse in TRAIN TRAIN2 TRAIN3; do
    call POST /rses/$rse <<'JSON'
{"deterministic": true, "volatile": false, "staging_area": false}
JSON
    call POST /rses/$rse/protocols/file <<'JSON'
{"hostname": "localhost", "port": 0, "prefix": "/train", "impl": "rucio.rse.protocols.posix.Default",
 "domains": {"lan": {"read": 1, "write": 1, "delete": 1}, "wan": {"read": 1, "write": 1, "delete": 1}}}
JSON
done
files() { # $1: number of the call, $2: what stands between braces after the name
    awk -v n="$1" -v rest="$2" 'BEGIN { for (i = 0; i < 1000; i++)
        printf "%s{\"scope\": \"train\", \"name\": \"run%04d.file%05d.root\"%s}", i ? ", " : "", n, i, rest }'
}
rule() { # $1: name, $2: copies, $3: elements
    printf '{"dids": [{"scope": "train", "name": "%s"}], "copies": %d, "rse_expression": "%s", "account": "root", "grouping": "DATASET", "weight": null, "lifetime": null, "locked": false}' "$@" |
        call POST /rules/
}
# As often as it takes the busiest methods to be compiled well.
for n in $(seq 1 40); do
    set=set$((n / 10))
    case $n in 1 | *0) echo '{"type": "DATASET"}' | call POST "/dids/train/$set" ;; esac
    { printf '{"rse": "TRAIN", "files": ['; files "$n" ', "bytes": 1000, "adler32": "0cc737eb"'; printf ']}'; } |
        call POST /replicas
    { printf '{"dids": ['; files "$n" ''; printf ']}'; } | call POST "/dids/train/$set/dids"
    echo "{\"dids\": [{\"scope\": \"train\", \"name\": \"$set\"}]}" | call POST /replicas/list
    for part in files dids; do call GET "/dids/train/$set/$part" </dev/null; done
    for i in 0 1 2 3 4 5 6 7 8 9; do call GET "/dids/train/$(printf 'run%04d.file%05d.root' "$n" "$i")" </dev/null; done
    rule "$(printf 'run%04d.file00001.root' "$n")" 1 TRAIN
    echo '{"type": "DATASET"}' | call POST "/dids/train/one$n"
    printf '{"dids": [{"scope": "train", "name": "run%04d.file00002.root"}]}' "$n" | call POST "/dids/train/one$n/dids"
    rule "one$n" 2 'TRAIN2|TRAIN3'
done
kill "$server"
wait "$server"
server=
[ -f "$cache" ] || { echo "The JVM kept nothing; the server will do without." >&2; exit 1; }
