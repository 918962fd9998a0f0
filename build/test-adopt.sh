#!/bin/bash
# One Holdfast server plays an existing Rucio, another adopts it through Rucio's interface: from the first reading to the act
# that makes the scope managed, with both servers as they are run by people.
# usage: build/test-adopt.sh
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
. build/jdk.sh
find_jdk || exit 2
build/jars.sh || exit 2
mkdir -p target
began=$(date +%s)
proofs=0
failed=0

work=$(mktemp -d) || exit 2
chmod 711 "$work"
servers=()
cleanup() {
    for one in "${servers[@]}"; do
        kill "$one" 2>/dev/null && wait "$one" 2>/dev/null
    done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

check() { # $1: promise, $2: expected, $3: found
    proofs=$((proofs + 1))
    if [ "$2" = "$3" ]; then
        echo "ok $1"
    else
        failed=$((failed + 1))
        echo "FAILED $1: expected '$2', found '$3'"
        [ -s "$work/err" ] && tail -n 3 "$work/err"
    fi
}
serve() { # $1: name; prints the address
    ./holdfast serve --data "$work/$1" --port 0 --plan plans/small-lab.yaml >"$work/$1.log" 2>"$work/$1.err" &
    servers+=($!)
}
address() { # $1: name
    local url=
    for _ in $(seq 1 1800); do
        url=$(sed -n 's/^ready \(http[^ ]*\).*/\1/p' "$work/$1.log" | head -n 1)
        [ -n "$url" ] && break
        sleep 0.1
    done
    [ -n "$url" ] || { echo "build/test-adopt.sh: server $1 did not come up:" >&2; tail -n 5 "$work/$1.err" >&2; exit 1; }
    echo "${url%/}"
}
value() { # $1: a path of keys of the last answer
    python3 -c 'import json, sys
value = json.load(open(sys.argv[1]))
for key in sys.argv[2].split("."):
    value = value[int(key)] if key.isdigit() else value[key]
print(value)' "$work/out" "$1" 2>/dev/null
}
here() { # a verb with --json at the adopting server; its exit code is left in code
    ./holdfast "$@" --json --url "$adopting" --secret-file "$work/adopting/admin.secret" >"$work/out" 2>"$work/err"
    code=$?
}
fill() { "$JAVA_HOME/bin/java" bench/rucio/Fill.java "$other/rucio" admin "$(cat "$work/other/admin.secret")" "$@" || exit 1; }
adopt() { here adopt rucio --observe "$other/rucio" "${login[@]}" --scope bench --conflicts "$work/conflicts"; }
compare() { here adopt compare "$other/rucio" --scope bench "${login[@]}" --out "$work/comparison"; }

serve other
serve adopting
other=$(address other) || exit 1
adopting=$(address adopting) || exit 1
login=(--rucio-user admin --rucio-password-file "$work/other/admin.secret")
fill 1500

# One of the names is here already, with other bytes: so an earlier reading had it.
mkdir "$work/dump"
here adopt rucio --observe "$other/rucio" "${login[@]}" --scope bench --dry-run
check aDryRunReadsAllAndSendsNothing "1500 0 0" "$(value counts.files.read) $(value registered) $code"
here adopt status
check nothingIsObservedBefore "[]" "$(value scopes)"
python3 - "$other/rucio" "$work/other/admin.secret" "$work/dump" <<'PY'
import json, sys, urllib.request
url, secret, folder = sys.argv[1], open(sys.argv[2]).read().strip(), sys.argv[3]
login = urllib.request.Request(url + "/auth/userpass", headers={
    "X-Rucio-Account": "root", "X-Rucio-Username": "admin", "X-Rucio-Password": secret})
token = urllib.request.urlopen(login).headers["X-Rucio-Auth-Token"]
search = urllib.request.Request(url + "/dids/bench/dids/search?type=file&filters=%5B%7B%27name%27%3A%27*%27%7D%5D",
    headers={"X-Rucio-Auth-Token": token})
name = json.loads(urllib.request.urlopen(search).readline())
lines = {"scopes": {"scope": "bench", "account": "root"},
    "dids": {"scope": "bench", "name": name, "did_type": "F", "bytes": 5, "adler32": "00000005"}}
for part in "scopes accounts rses dids contents replicas rules locks".split():
    with open("%s/%s.jsonl" % (folder, part), "w") as out:
        if part in lines:
            out.write(json.dumps(lines[part]) + "\n")
PY
here adopt rucio --observe "$work/dump"
check aDumpComesIn "1 0" "$(value counts.files.registered) $code"

adopt
check everyOtherFileComesIn "1499 1499" "$(value counts.files.registered) $(value counts.copies.registered)"
check thePlantedConflictIsListed "1 2" "$code $(wc -l <"$work/conflicts" | tr -d ' ')"
check itSaysWhatDiffers "adler32 bytes" "$(sed -n 's/.*"what":"\([a-z0-9]*\)".*/\1/p' "$work/conflicts" | sort | tr '\n' ' ' | sed 's/ $//')"
check rulesAndTheirLocksCome "2 2" "$(value counts.rules.registered) $(value counts.locks.registered)"
check collectionsAndTheirContentsCome "2 1501" "$(value counts.collections.registered) $(value counts.contents.registered)"
adopt
check theSecondRunRegistersNothing "0 1499" "$(value registered) $(value counts.files.known)"
compare
check theComparisonShowsTheConflict "1499 0 0 1 1" \
    "$(value equal) $(value onlyThere) $(value onlyHere) $(value different) $code"
here adopt status
check theScopeIsObserved "OBSERVED 1500" "$(value scopes.0.mode) $(value scopes.0.files)"

fill 1 later
compare
check aChangeThereIsSeen "1 1" "$(value onlyThere) $code"
adopt
check onlyWhatIsNewIsRegistered 2 "$(value registered)"
compare
check thenNothingIsOnlyThere "0 1500" "$(value onlyThere) $(value equal)"

for who in ann bob; do
    public=$(./holdfast signer new --out "$work/$who.key" 2>"$work/err")
    here signer add "$who" --public "$public"
done
here adopt manage bench --comparison "$work/comparison" --as ann --reason "day one" --key "$work/ann.key"
id=$(tail -n +1 "$work/out" | python3 -c 'import json, sys
decoder, text, last = json.JSONDecoder(), sys.stdin.read().strip(), None
while text:
    last, end = decoder.raw_decode(text)
    text = text[end:].strip()
print(last["id"])')
check theActWaitsForAnother 0 "$code"
here act sign "$id" --as bob --key "$work/bob.key"
here adopt status
check twoSignaturesMakeItManaged "MANAGED" "$(value scopes.0.mode)"
adopt
check nothingIsTakenOverIntoAManagedScope 1 "$code"

[ -f target/shell-tests.tsv ] && printf '%s\t%s\t%s\t%s\n' build/test-adopt.sh "$proofs" "$failed" $(($(date +%s) - began)) >>target/shell-tests.tsv
[ "$failed" = 0 ]
