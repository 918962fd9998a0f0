# What the steps of the demo are told with: narration, commands that are shown, expectations that are checked.

# Prints a paragraph.
say() {
    printf '%s\n' "$@" | fold -s -w 100 | sed 's/^/  /; s/ *$//'
}

step() {
    step_ends
    step_number=$((step_number + 1))
    step_title=$1
    step_began=$SECONDS
    printf '\n== %d. %s\n' "$step_number" "$1"
}

step_ends() {
    [ "$step_number" = 0 ] || printf '  (%d s)\n' $((SECONDS - step_began))
}

# Ends the demo: what was expected and what was seen.
failed() {
    printf '\nNOT AS EXPECTED in step %d (%s)\n  expected: %s\n  seen:     %s\n' "$step_number" "$step_title" "$1" "$2" >&2
    if [ -s "$work/server.err" ]; then
        printf "  the server's last words (%s):\n" "$work/server.err" >&2
        tail -n 5 "$work/server.err" | sed 's/^/    /' >&2
    fi
    exit 1
}

# Checks that what was seen ($3) is what was expected ($2) of something ($1).
expect() {
    [ "$2" = "$3" ] || failed "$1: $2" "$3"
    printf '  as expected: %s: %s\n' "$1" "$2"
}

# Checks that a text ($3) says something ($2), a basic regular expression.
expect_says() {
    printf '%s\n' "$3" | grep -q -- "$2" || failed "$1 says '$2'" "$3"
    printf '  as expected: %s says: %s\n' "$1" "$(printf '%s\n' "$3" | grep -m 1 -- "$2" | sed 's/^ *//' | cut -c 1-150)"
}

# Shows a command as one would type it, runs it, shows the first lines it prints ($1 of them) and checks its exit
# code ($2). The whole output is left in output.
show() {
    local lines=$1 code=$2 seen=0
    shift 2
    printf '  $ %s\n' "$(shorter "$*")"
    output=$("${@/#holdfast/$root/holdfast}" 2>&1) || seen=$?
    printf '%s\n' "$output" | head -n "$lines" | cut -c 1-160 | shorter_lines | sed 's/^/    /'
    [ "$seen" = "$code" ] ||
        failed "exit code $code of: $*" "exit code $seen, $(printf '%s\n' "$output" | tail -n 3 | cut -c 1-300)"
}

# Damages data behind the server's back: a line of shell, shown and run in the work folder.
behind() {
    printf '  # %s\n' "$1"
    (cd "$work" && eval "$1") || failed "this line of shell works: $1" "exit code $?"
}

shorter() { printf '%s\n' "$1" | shorter_lines; }
shorter_lines() { sed "s,$work/,,g; s,$root/,,g"; }

# Asks the server's interface without starting a program, so that what lasts a moment can be seen.
ask() {
    local secret line
    secret=$(<"$work/data/admin.secret")
    exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
    printf 'GET /api/%s HTTP/1.0\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n' "$1" "$secret" >&3
    # Behind the head, white space between the words is left out.
    sed '1,/^\r*$/d' <&3 | tr -d '\r\n' | sed 's/" *: */":/g'
    exec 3<&- 3>&-
}

# Sends one request to Rucio's interface and prints the whole answer: method, path, body, and headers, one each.
rucio() {
    local method=$1 path=$2 body=$3 head=
    shift 3
    [ $# = 0 ] || head=$(printf '%s\r\n' "$@")$'\n'
    exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
    printf '%s /rucio%s HTTP/1.0\r\nHost: 127.0.0.1\r\n%sContent-Length: %d\r\n\r\n%s' \
        "$method" "$path" "$head" "${#body}" "$body" >&3
    tr -d '\r' <&3
    exec 3<&- 3>&-
}

# Logs an account ($1) in with a name ($2) and a password ($3), and prints its token.
token() {
    rucio GET /auth/userpass '' "X-Rucio-Account: $1" "X-Rucio-Username: $2" "X-Rucio-Password: $3" |
        sed -n 's/^[Xx]-[Rr]ucio-[Aa]uth-[Tt]oken: //p'
}

# Of one clause: its verdict, coverage and other values by their names in the interface.
clause() { ask "verdicts/$1?named=0"; }
value() { printf '%s' "$2" | sed -n "s/.*\"clauses\".*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }
verdict() { printf '%s' "$(clause "$1")" | sed -n 's/.*"standing":"[A-Z_]*",[^"]*"verdict":"\([A-Z]*\)".*/\1/p'; }
share() { printf '%s' "$(clause P-26)" | sed -n 's/.*"shares":{[^"]*"state":"\([A-Z_]*\)".*/\1/p'; }
coverage() { printf '%s' "$(clause P-26)" | sed -n 's/.*"coverage":{[^}]*"percent":"\([^"]*\)".*/\1/p'; }

# Waits until a command ($4 ...) prints $3, at most $2 seconds; says what of ($1).
await() {
    local what=$1 limit=$2 wanted=$3 began=$SECONDS seen=
    shift 3
    while :; do
        seen=$("$@")
        if [ "$seen" = "$wanted" ]; then
            printf '  as expected: %s: %s (after %d s)\n' "$what" "$wanted" $((SECONDS - began))
            return
        fi
        [ $((SECONDS - began)) -lt "$limit" ] || failed "$what: $wanted, within $limit s" "$seen"
        sleep 0.05
    done
}

met() {
    local id
    for id in "$@"; do await "$id" 40 MET verdict "$id"; done
}
