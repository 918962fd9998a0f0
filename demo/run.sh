#!/usr/bin/env bash
# The main job on real bytes, narrated: `make demo`, or demo/run.sh [--clean]. Every line 'as expected' is checked; the
# first thing that is not as expected ends the demo with 1, saying what was expected and what was seen.
# --clean removes what the demo made when it ends; else it stays, so that the page can be looked at.
# --grid puts three of the sites behind real XRootD servers, in a network where only this machine is, and cleans up.
set -u -o pipefail
export LC_ALL=C.UTF-8 TZ=UTC
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
. build/jdk.sh
find_jdk || exit 2
build/jars.sh --if-missing || exit 2

keep=yes
grid=
case ${1:-} in
    "" | --keep) ;;
    --clean) keep=no ;;
    --grid)
        keep=no
        grid=yes
        # XRootD listens on every interface: here there is only one.
        if [ -z "${HOLDFAST_DEMO_ALONE:-}" ]; then
            apart=(--net --mount)
            [ "$(id -u)" = 0 ] || apart=(--user --map-current-user --keep-caps "${apart[@]}")
            HOLDFAST_DEMO_ALONE=yes exec unshare "${apart[@]}" sh -c 'ip link set lo up && exec "$@"' sh "$0" --grid
        fi
        ;;
    *) echo "Usage: demo/run.sh [--keep|--clean|--grid]" >&2 && exit 2 ;;
esac

# PostgreSQL never runs as root and steps down, so the folder must let others pass through it.
work=$(mktemp -d "${TMPDIR:-/tmp}/holdfast-demo.XXXXXX") || exit 2
chmod 755 "$work"
server=
port=
step_number=0
began=$SECONDS
. demo/lib.sh
. demo/data.sh
. demo/grid.sh

stop_server() {
    [ -n "$server" ] || return 0
    kill "$server" 2>/dev/null
    wait "$server" 2>/dev/null
    server=
}

start_server() {
    : >"$work/server.out"
    "$root/holdfast" serve --data "$work/data" --port 0 ${grid:+--private-storage yes} "$@" >"$work/server.out" 2>>"$work/server.err" &
    server=$!
    local from=$SECONDS
    until grep -q '^ready ' "$work/server.out"; do
        kill -0 "$server" 2>/dev/null || failed "the server serves" "it ended: $(tail -n 3 "$work/server.err")"
        [ $((SECONDS - from)) -lt 90 ] || failed "the server serves within 90 s" "$(tail -n 3 "$work/server.err")"
        sleep 0.2
    done
    HOLDFAST_URL=$(sed -n 's/^ready //p' "$work/server.out")
    HOLDFAST_SECRET_FILE=$work/data/admin.secret
    export HOLDFAST_URL HOLDFAST_SECRET_FILE
    port=${HOLDFAST_URL##*:}
    say "The server says: $(cat "$work/server.out")"
}

finish() {
    local code=$?
    stop_server
    stop_grid
    if [ "$keep" = no ]; then
        rm -rf "$work"
    elif [ "$code" != 0 ]; then
        echo "Everything is left in $work to look at; remove it with: rm -r $work" >&2
    fi
    exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

elements=$work/data/elements
run_folder=belle/Raw/e0026

# The element of a posix driver beside KEK's that holds a copy of a file; empty when the copy is on tape.
second_copy() {
    local found
    for found in "$elements"/*/"$1"; do
        case $found in "$elements/KEK-RAW/"*) ;; *) [ -f "$found" ] && printf '%s' "$found" && return ;; esac
    done
}

# The n-th file at an element that no step before this one has touched.
nth_file() { find "$elements/$1/$run_folder/$2" -type f | sort | sed -n "$3p"; }

did_of() { printf 'raw:%s' "${1#"$elements"/*/}" | sed 's,^raw:,raw:/,'; }
element_of() { printf '%s' "${1#"$elements"/}" | cut -d / -f 1; }

cat <<'TEXT'
Holdfast on a trial of seven sites on this machine: each storage element is a folder, two of them behave as tape.
The files are made here. A line after '$' is a command you can type, a line after '#' happens behind the server's back.
TEXT

# ---------------------------------------------------------------------------------------------------------------------
step "An empty system is not said to be well"
sed -e 's/every on disk: 90 d, every on tape: 730 d/every on disk: 8 s, every on tape: 30 s/' \
    -e 's/^version: 2026-11 .*/version: 2026-11-demo/' plans/belle2.yaml >"$work/belle2.yaml"
cp plans/belle2-sites.yaml "$work/belle2-sites.yaml"
cp plans/belle2-policy.yaml "$work/belle2-policy.yaml"
[ -z "$grid" ] || start_grid "$work/belle2-sites.yaml"
say "The plan is plans/belle2.yaml; sites and policy are as they stand there. For the show one thing differs: every copy is read and compared again within seconds instead of months."
show 40 0 holdfast plan diff "$work/belle2.yaml" --old "$root/plans/belle2.yaml"
expect_says "the difference of the plans" "P-1: must be read and compared every 8 s on disk and every 30 s on tape" "$output"
expect "lines that differ from plans/belle2.yaml" 2 "$(diff plans/belle2.yaml "$work/belle2.yaml" | grep -c '^>')"
start_server --plan "$work/belle2.yaml"
expect "P-25, one complete replica at KEK, with no files" UNDETERMINED "$(verdict P-25)"
expect "P-26, another complete replica at the MOU sites, with no files" UNDETERMINED "$(verdict P-26)"
show 12 0 holdfast verdict --clause P-25
expect_says "the reason" "nothing to judge" "$output"

# ---------------------------------------------------------------------------------------------------------------------
step "301 files are expected, 300 arrive"
make_files "$work/source" "$work/register.csv"
missing=/$run_folder/r01968/sub00/physics.0026.01968.HLT3.f00012.root
mkdir -p "$work/held"
mv "$work/source$missing" "$work/held/late.root"
say "$(find "$work/source" -type f | wc -l) files of three runs, $(du -sk --apparent-size "$work/source" | cut -f 1) kB, are made; the register of runs expects 301."
show 5 0 holdfast runs import "$work/register.csv"
show 5 0 holdfast ingest "$work/source" --prefix=/ --source demo-daq
expect_says "the ingest" "^ *300  accepted" "$output"
show 30 0 holdfast verdict --clause P-6
expect "P-6, all raw data are preserved" BREACHED "$(verdict P-6)"
expect_says "P-6" "fails *raw:$missing" "$output"
say "The missing file comes."
mv "$work/held/late.root" "$work/source$missing"
show 5 0 holdfast ingest "$work/source" --prefix=/ --source demo-daq
expect_says "the ingest" "^ *1  accepted" "$output"
expect_says "the ingest" "^ *300  already there" "$output"
met P-6
say "Copies are placed, read back, and only then counted."
show 4 0 holdfast status --wait
met P-25 P-26 P-23 P-24
show 30 0 holdfast verdict --clause P-26
expect "coverage of P-26" "100.00 %" "$(coverage)"
expect "the share of P-26, within 10 % of each agreed share, an agreement nobody confirmed" UNCONFIRMED "$(share)"

# ---------------------------------------------------------------------------------------------------------------------
step "Five files are damaged in five ways behind the server's back"
since=$(ask status | sed -n 's/.*"journal":\([0-9]*\).*/\1/p')
flipped=$(nth_file KEK-RAW r01970 3)
deleted=$(nth_file CNAF-RAW r01968 1)
truncated=$(nth_file KEK-RAW r01970 17)
unreadable=$(nth_file DESY-RAW r01969 1)
replaced=
for candidate in $(find "$elements/KEK-RAW/$run_folder/r01970" -type f | sort | sed -n '30,60p'); do
    other=$(find "$elements/KEK-RAW/$run_folder/r01968" -type f -size "$(stat -c %s "$candidate")c" | sort | head -n 1)
    [ -n "$other" ] && replaced=$candidate && break
done
[ -n "$replaced" ] || failed "two files of one size" "none"
byte=$(od -An -tu1 -j4000 -N1 "$flipped" | tr -d ' ')
flip=$(printf '\\x%02x' $((byte ^ 1)))
short() { printf '%s' "${1#"$work"/}"; }
say "Sizes and times of files stay as they were where that is possible."
behind "touch -r $(short "$flipped") stamp; printf '$flip' | dd of=$(short "$flipped") bs=1 seek=4000 conv=notrunc status=none; touch -r stamp $(short "$flipped")"
behind "rm $(short "$deleted")"
behind "truncate -s 5000 $(short "$truncated")"
if [ "$(id -u)" = 0 ]; then
    behind "rm $(short "$unreadable"); mkdir $(short "$unreadable")   # root reads everything but a folder"
else
    behind "chmod 000 $(short "$unreadable")"
fi
behind "touch -r $(short "$replaced") stamp; cat $(short "$other") >$(short "$replaced"); touch -r stamp $(short "$replaced")"

# What the journal tells since the damage: lines 'STATE DID ELEMENT FINDING', confirmed ones unless 'all' is asked.
found() {
    ask "damage?from=$since" | sed 's/}, *{/}\n{/g' |
        sed -n 's/.*"did":"\([^"]*\)",[^"]*"storage":"\([^"]*\)",[^"]*"outcome":"\([^"]*\)",[^"]*"state":"\([^"]*\)",[^"]*"finding":"\([^"]*\)".*/\4 \1 \2 \5/p' |
        { [ "${1:-}" = all ] && cat || grep -v '^SUSPECT'; }
}
named() { found | cut -d ' ' -f 2,3 | sort -u | grep -c .; }
say "Every copy is read again by the plan's calendar; a bad read makes a copy suspect, a second one confirms it."
await "copies found damaged, each confirmed" 60 5 named
all=$(found all)
confirmed=$(found)
correct=0
lines=
for planted in "flipped bit|$flipped|CORRUPT" "deleted|$deleted|MISSING" "truncated|$truncated|CORRUPT" \
    "unreadable|$unreadable|UNREADABLE" "other bytes of the same size|$replaced|CORRUPT"; do
    IFS='|' read -r how file kind <<<"$planted"
    line=$(printf '%s\n' "$confirmed" | grep -F "$(did_of "$file") $(element_of "$file") " | head -n 1)
    lines+="$how: ${line:-not found}"$'\n'
    [ "${line%% *}" = "$kind" ] && correct=$((correct + 1))
    all=$(printf '%s\n' "$all" | grep -vF "$(did_of "$file") $(element_of "$file") ")
done
printf '%s' "$lines" | cut -c 1-190 | sed 's/^/    /'
false_alarms=$(printf '%s' "$all" | grep -c .)
result="planted 5, named $correct, false $false_alarms"
printf '\n  %s\n\n' "$result"
[ -z "$all" ] || printf '%s\n' "$all" | head -n 5 | sed 's/^/    false: /'
expect "the result" "planted 5, named 5, false 0" "$result"
show 2 0 holdfast damage --confirmed --from "$since"
say "Each is replaced from the file's other copy; the bad bytes stay where they are and count for nothing."
show 3 0 holdfast status --wait
met P-23 P-25 P-26 P-22

# ---------------------------------------------------------------------------------------------------------------------
step "KEK does not answer for a while"
behind "mv data/elements/KEK-RAW data/elements/KEK-RAW.away"
is_silent() { clause P-25 | grep -c '"silentSince":"'; }
await "P-25 tells of a site that does not answer (1 is yes)" 20 1 is_silent
show 8 0 holdfast verdict --clause P-25
output=$("$root/holdfast" verdict --clause P-25)
expect_says "P-25" "not answering since" "$output"
expect "P-25: silence for less than 24 h changes nothing" MET "$(verdict P-25)"
expect "P-24: whether it can be read back now cannot be told" UNDETERMINED "$(verdict P-24)"
behind "mv data/elements/KEK-RAW.away data/elements/KEK-RAW"
met P-24 P-25

# ---------------------------------------------------------------------------------------------------------------------
step "One MOU site loses its data"
say "The site keeps its mark (.holdfast-element): it answers, and has nothing. A folder without the mark would be an empty mount point, a site that is silent; nobody would believe it that files are gone."
lost=$(find "$elements/CNAF-RAW/belle" -type f | wc -l)
since=$(ask status | sed -n 's/.*"journal":\([0-9]*\).*/\1/p')
lost_seen() { found | grep -F " CNAF-RAW " | cut -d ' ' -f 2 | sort -u | grep -c .; }
behind "rm -r data/elements/CNAF-RAW/belle   # $lost copies"
await "P-26" 40 BREACHED verdict P-26
await "copies found missing at CNAF" 40 "$lost" lost_seen
say "So many at once: the element may be lying, or our reader be broken. It is under suspicion, nothing is released anywhere and nothing of it is repaired, until somebody has looked and signed. The key never leaves the signer."
suspect() { ask sites | tr '{' '\n' | grep '"CNAF-RAW"' | grep -c '"suspectSince":"'; }
await "elements under suspicion" 20 1 suspect
say "Who signs is a member for thirty days, by the word of the experiment's own list, and names their own key: the administrator cannot."
printf 'id,institute,since\nkeeper,Example University,2020-01-01\nnewcomer,Example Laboratory,%s\n' "$(date -u +%F)" >"$work/members.csv"
show 3 0 holdfast members sync "$work/members.csv"
root_token=$(token root admin "$(<"$work/data/admin.secret")")
password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
rucio POST /accounts/keeper '{"type": "USER", "email": ""}' "X-Rucio-Auth-Token: $root_token" >/dev/null
rucio POST /accounts/keeper/identities "{\"identity\": \"keeper\", \"authtype\": \"USERPASS\", \"email\": \"\", \"password\": \"$password\"}" \
    "X-Rucio-Auth-Token: $root_token" >/dev/null
show 1 0 holdfast signer new --out "$work/keeper.key"
public=$output
show 1 1 holdfast signer add keeper --public "$public"
expect_says "the refusal" "members name their own" "$output"
HOLDFAST_SECRET=$(token keeper keeper "$password") show 1 0 holdfast signer add keeper --public "$public"
show 2 0 holdfast clear-suspicion CNAF-RAW --bad --as keeper --reason "the site lost a pool" --key "$work/keeper.key"
say "Now they are placed again at other MOU sites, read back, and then counted."
show 3 0 holdfast status --wait
met P-26 P-23
await "coverage, the copies placed again at other sites" 10 "100.00 %" coverage
expect "the share: safety and agreement are two numbers" OFF "$(share)"
show 30 0 holdfast verdict --clause P-26

# ---------------------------------------------------------------------------------------------------------------------
step "The administrator asks to delete a last copy"
last=$(nth_file KEK-RAW r01969 5)
show 6 1 holdfast release "$(did_of "$last")" KEK-RAW
expect_says "the refusal" "^P-25 .*would not be met without the copy at KEK-RAW" "$output"
expect "the copy still stands" yes "$([ -f "$last" ] && echo yes || echo no)"

# ---------------------------------------------------------------------------------------------------------------------
step "Both copies of one file are destroyed"
both=
for candidate in $(find "$elements/KEK-RAW/$run_folder/r01969" -type f | sort | tail -n 60); do
    second=$(second_copy "${candidate#"$elements"/KEK-RAW/}")
    [ -n "$second" ] && both=$candidate && break
done
[ -n "$both" ] || failed "a file with two copies on disk" "none"
name=/${both#"$elements"/KEK-RAW/}
behind "rm $(short "$both") $(short "$second")"
for id in P-23 P-25 P-26; do await "$id" 40 BREACHED verdict "$id"; done
show 6 0 holdfast failing P-23
expect_says "P-23" "BREACHED *raw:$name" "$output"
say "No copy is left to make another one from. It stays so."
sleep 4
for id in P-23 P-25 P-26; do expect "$id, 4 s later" BREACHED "$(verdict "$id")"; done
say "Somebody brings other bytes of the same size under that name."
mkdir -p "$work/wrong$(dirname "$name")"
tr 'r' 'R' <"$work/source$name" >"$work/wrong$name"
show 8 1 holdfast ingest "$work/wrong" --prefix=/ --source demo-daq
expect_says "the ingest" "^ *1  refused" "$output"
expect "P-23" BREACHED "$(verdict P-23)"
say "The source still has the right bytes."
show 5 0 holdfast ingest "$work/source" --prefix=/ --source demo-daq
expect_says "the ingest" "1 had no good copy left" "$output"
show 3 0 holdfast status --wait
met P-23 P-25 P-26

# ---------------------------------------------------------------------------------------------------------------------
step "Evidence that can be checked without the server, and by those who do not trust it"
show 5 0 holdfast audit journal
mkdir "$work/outside"
show 1 0 holdfast key --out "$work/outside/key.pem"
show 1 0 holdfast head --out "$work/outside/head.txt"
show 1 0 holdfast evidence export "$work/evidence.zip"
stop_server
say "The server is stopped."
anchor=(--key "$work/outside/key.pem" --head "$work/outside/head.txt")
show 3 0 holdfast verify "$work/evidence.zip" "${anchor[@]}"
expect_says "verify" "entries hold" "$output"
say "One byte of it is changed."
"$JAVA_HOME/bin/java" demo/Tamper.java one-byte "$work/evidence.zip" "$work/changed.zip" | sed 's/^/  /'
show 2 1 holdfast verify "$work/changed.zip" "${anchor[@]}"
expect_says "verify" "^BYTES_CHANGED" "$output"
say "The last ten facts are dropped, and everything that counts them."
"$JAVA_HOME/bin/java" demo/Tamper.java last-ten "$work/evidence.zip" "$work/shortened.zip" | sed 's/^/  /'
show 2 1 holdfast verify "$work/shortened.zip" "${anchor[@]}"
expect_says "verify" "^TRUNCATED" "$output"

# ---------------------------------------------------------------------------------------------------------------------
step "The server is started again, on the data it left"
start_server
met P-25 P-26
printf '  $ holdfast verdict\n'
table=$("$root/holdfast" verdict --named=0) || failed "holdfast verdict answers" "exit code $?"
printf '%s\n' "$table" | sed -n '1,/ MET, .* BREACHED/p' | sed 's/^/  /'
for id in P-25 P-26; do
    row=$(printf '%s\n' "$table" | sed -n "s/^$id  *\([A-Z]*\) .*/\1/p" | head -n 1)
    expect "the table" "$id MET" "$id $row"
done
stop_server
step_ends

rm -rf "$work/wrong" "$work/held" "$work/stamp" "$work/changed.zip" "$work/shortened.zip"
printf '\nAll as expected, in %d s.\n' $((SECONDS - began))
if [ "$keep" = yes ]; then
    cat <<TEXT

To look at the page, start that server again:
  ./holdfast serve --data $work/data --port 8470
then open http://127.0.0.1:8470/ as user 'administrator'; the password stands in
  $work/data/admin.secret
All that the demo made is in $work ($(du -sm "$work" | cut -f 1) MB); remove it with: rm -r $work
TEXT
fi
