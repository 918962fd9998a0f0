#!/bin/bash
# Ingest of a real tree by the command line against a served node, beside sha256sum and md5sum over the same files.
# usage: bench/ingest.sh [DIR [ROUNDS]]   the tree (default: /usr/share), and how often each side is timed (default: 3)
# Copies of all files are written below a temporary folder (TMPDIR), which is removed at the end.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
tree=${1:-/usr/share}
rounds=${2:-3}
work=$(mktemp -d) || exit 2
chmod 711 "$work"
server=
stop() {
    [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
    server=
}
trap 'stop; rm -rf "$work"' EXIT

serve() { # $1: data folder
    : >"$work/serve.log"
    ./holdfast serve --data "$1" --port 0 --plan plans/small-lab.yaml >"$work/serve.log" 2>"$work/serve.err" &
    server=$!
    for _ in $(seq 1 600); do
        url=$(sed -n 's/^ready \(http[^ ]*\).*/\1/p' "$work/serve.log" | head -n 1)
        [ -n "$url" ] && return 0
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    echo "bench/ingest.sh: the server did not come up:" >&2
    tail -n 20 "$work/serve.err" >&2
    exit 1
}
ingest() { # $1: data folder, $2: file for the answer
    ./holdfast ingest --url "$url" --secret-file "$1/admin.secret" --scope instrument --source bench --json "$tree" >"$2"
}
field() { # $1: answer, $2: name of a number
    grep -o "\"$2\" *: *[0-9.]*" "$1" | head -n 1 | sed 's/.*: *//'
}
now() { date +%s.%N; }
since() { echo "$(now) $1" | awk '{ printf "%.2f", $1 - $2 }'; }
median() { sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }

find "$tree" -type f -print0 >"$work/list"
files=$(tr -dc '\0' <"$work/list" | wc -c)
links=$(find "$tree" -type l | wc -l)
bytes=$(xargs -0 stat -c %s <"$work/list" | awk '{ s += $1 } END { printf "%.0f", s }')
printf '%s: %d regular files, %d links, %d MB; %d rounds, load %s\n' \
    "$tree" "$files" "$links" "$((bytes / 1000000))" "$rounds" "$(cut -d' ' -f1 /proc/loadavg)"
xargs -0 cat <"$work/list" >/dev/null 2>&1 # the page cache is warm for both sides

for round in $(seq 1 "$rounds"); do
    begin=$(now)
    xargs -0 sha256sum <"$work/list" >/dev/null 2>&1
    xargs -0 md5sum <"$work/list" >/dev/null 2>&1
    since "$begin" >>"$work/sums"; echo >>"$work/sums"
    serve "$work/data$round"
    begin=$(now)
    ingest "$work/data$round" "$work/first" || true
    since "$begin" >>"$work/ingests"; echo >>"$work/ingests"
    if [ "$round" = "$rounds" ]; then
        begin=$(now)
        ingest "$work/data$round" "$work/second" || true
        again=$(since "$begin")
    fi
    stop
    rm -rf "$work/data$round"
done

accepted=$(field "$work/first" registered)
sums=$(median <"$work/sums")
first=$(median <"$work/ingests")
share() { awk -v a="$1" -v b="$2" -v d="$3" 'BEGIN { printf "%.*f", d, (b > 0 ? a / b : 0) }'; }
printf '  %-56s %12s\n' \
    "accepted, files" "$accepted" \
    "accepted, % of regular files" "$(share "$((accepted * 100))" "$files" 2)" \
    "symbolic links, counted apart" "$(field "$work/first" links)" \
    "second run: registered" "$(field "$work/second" registered)" \
    "second run: read again and the same" "$(field "$work/second" already)" \
    "sha256sum, then md5sum: median s" "$sums" \
    "first ingest, start of the command included: median s" "$first" \
    "first ingest, files/s" "$(share "$files" "$first" 0)" \
    "first ingest, MB/s" "$(share "$((bytes / 1000000))" "$first" 1)" \
    "second ingest, s" "$again" \
    "rate of the first ingest, times both sums'" "$(share "$sums" "$first" 2)"
echo "  refused, by reason:"
grep -o '"code" *: *"[A-Za-z_-]*"' "$work/first" | sed 's/.*: *//; s/"//g' | sort | uniq -c | sed 's/^/  /'
