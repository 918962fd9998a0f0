#!/bin/bash
# Holdfast beside the real Rucio: the same calls to both, on one PostgreSQL 15, in turns; prints the table of medians and
# ratios and writes target/bench.json. Either side may be missing: its column is empty then, and the table says why.
# usage: bench/rucio.sh [--runs N] [--files N] [--growth N] [--without holdfast|peer] [WORK ...]
# Works: add_replicas add_files_to_dataset list_replicas list_files list_content get_did rule_present rule_orders
#        reevaluate ping memory start limits (default: all). --growth loads N files into Holdfast and times it then.
# The peer is installed below target/ by pip, once. HOLDFAST_JAVA_OPTIONS are the server's.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
. build/jdk.sh
find_jdk || exit 2
runs=3
files=10000
growth=()
without=
while [ $# -gt 0 ]; do
    case $1 in
        --runs) runs=$2; shift 2 ;;
        --files) files=$2; shift 2 ;;
        --growth) growth+=(--growth "$2"); shift 2 ;;
        --without) without="$without $2 "; shift 2 ;;
        -*) sed -n '4,7s/^# //p' "$0" >&2; exit 2 ;;
        *) break ;;
    esac
done
works=("$@")
[ ${#works[@]} -gt 0 ] || works=(add_replicas add_files_to_dataset list_replicas list_files list_content get_did ping
    rule_present rule_orders reevaluate memory start limits)
wants() { case " ${works[*]} " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }

work=$(mktemp -d) || exit 2
chmod 711 "$work"
server=
stop_server() {
    [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
    server=
}
cleanup() {
    stop_server
    bench/rucio-peer.sh stop
    bench/cluster.sh stop "$work/cluster"
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

serve() { # starts Holdfast; leaves its address in url and the seconds until its first answer in took
    local began try
    began=$(date +%s.%N)
    # One address asks for nobody as often as a whole experiment does.
    HOLDFAST_JAVA_OPTIONS="-Dholdfast.rates=100000,1000000,100000,1000000 ${HOLDFAST_JAVA_OPTIONS:-}" \
        ./holdfast serve --data "$work/data" --port 0 --plan plans/small-lab.yaml \
        --database-url "jdbc:postgresql://127.0.0.1:$port/holdfast?user=postgres" >"$work/serve.log" 2>"$work/serve.err" &
    server=$!
    url=
    for try in $(seq 1 3000); do
        url=$(sed -n 's/^ready \(http[^ ]*\).*/\1/p' "$work/serve.log" | head -n 1)
        [ -n "$url" ] && answers && break
        kill -0 "$server" 2>/dev/null || return 1
        sleep 0.02
    done
    took=$(echo "$(date +%s.%N) $began" | awk '{ printf "%.2f", $1 - $2 }')
    [ -n "$url" ]
}
answers() {
    local line= address=${url#http://}
    address=${address%%/*}
    { exec 3<>"/dev/tcp/${address%:*}/${address##*:}"; } 2>/dev/null || return 1
    printf 'GET /rucio/ping HTTP/1.0\r\nHost: bench\r\n\r\n' >&3
    read -r -t 10 line <&3
    exec 3<&- 3>&-
    case $line in *" 200 "*) return 0 ;; *) return 1 ;; esac
}

echo "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg)"
port=$(bench/cluster.sh start "$work/cluster") || exit $?
: >"$work/figures"
options=()

peer=
case $without in *" peer "*) options+=(--absent peer "left out by --without") ;; *)
    if bench/rucio-peer.sh start "$port" >"$work/peer.log" 2>&1; then
        peer=yes
        cat "$work/peer.log"
        options+=(--peer "$(sed -n 's/^ready \([^ ]*\).*/\1/p' "$work/peer.log" | tail -n 1)" bench bench
            --evaluate "bench/rucio-peer.sh evaluate")
    else
        options+=(--absent peer "$(grep -v '^Installing' "$work/peer.log" | head -n 1)")
    fi ;;
esac

case $without in *" holdfast "*) options+=(--absent holdfast "left out by --without") ;; *)
    build/aot.sh || build/jars.sh --if-missing || exit 2
    psql -q -h 127.0.0.1 -p "$port" -U postgres -c 'CREATE DATABASE holdfast' postgres
    if serve; then
        options+=(--holdfast "${url%/}/rucio" admin "$(cat "$work/data/admin.secret")")
    else
        options+=(--absent holdfast "it did not come up: $(grep -v '^\s*at ' "$work/serve.err" | tail -n 1 | cut -c 1-200)")
        stop_server
    fi ;;
esac

if wants start; then
    for _ in 1 2 3; do
        if [ -n "$server" ]; then
            stop_server
            serve && echo "holdfast start $took s less" >>"$work/figures"
        fi
        [ -n "$peer" ] && echo "peer start $(bench/rucio-peer.sh restart) s less" >>"$work/figures"
    done
    [ -n "$server" ] && for i in "${!options[@]}"; do
        [ "${options[$i]}" = --holdfast ] && options[i + 1]=${url%/}/rucio
    done
fi

# What is looked at when the works are done, before the table is printed.
cat >"$work/after" <<SH
#!/bin/sh
$(wants memory && [ -n "$server" ] && echo "bench/rucio/memory.sh holdfast $port holdfast $server")
$(wants memory && [ -n "$peer" ] && echo "bench/rucio/memory.sh peer $port rucio $(cat target/rucio-peer/server.pid) $(cat target/rucio-peer/memcached.pid 2>/dev/null)")
$(wants limits && [ -n "$server" ] && echo "bench/limits.sh $port holdfast")
exit 0
SH
chmod +x "$work/after"
# The processors' work of a server counts with that of its database; only one side is asked at a time.
postmaster=$(head -n 1 "$work/cluster/data/postmaster.pid")
[ -n "$server" ] && options+=(--processes holdfast "$server,$postmaster")
[ -n "$peer" ] && options+=(--processes peer "$(cat target/rucio-peer/server.pid),$postmaster")
"$JAVA_HOME/bin/java" -XX:+UseSerialGC bench/rucio/Bench.java "${options[@]}" --runs "$runs" --files "$files" \
    --figures "$work/figures" --after "$work/after" --json target/bench.json "${growth[@]}" "${works[@]}"
code=$?
[ $code = 0 ] || { [ -s "$work/serve.err" ] && grep -v '^\s*at ' "$work/serve.err" | tail -n 5 >&2; }
exit $code
