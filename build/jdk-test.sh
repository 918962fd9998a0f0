#!/bin/sh
# Promises of the JDK search and of the launcher, on made-up JDK folders.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

# A folder that looks like a JDK of version $2; its java only tells its own version.
fake_jdk() {
    mkdir -p "$1/bin"
    printf 'JAVA_VERSION="%s"\n' "$2" >"$1/release"
    printf '#!/bin/sh\necho "java of %s was given: $*"\n' "$2" >"$1/bin/java"
    cp "$1/bin/java" "$1/bin/javac"
    chmod +x "$1/bin/java" "$1/bin/javac"
}

check() { # name, expected, found
    if [ "$2" = "$3" ]; then
        echo "ok $1"
    else
        echo "FAILED $1: expected '$2', found '$3'"
    fi
}

# Prints the JAVA_HOME that is found with JAVA_HOME $1 and search list $2.
found_with() {
    (
        JAVA_HOME=$1 HOLDFAST_JDK_SEARCH=$2
        . "$root/build/jdk.sh"
        find_jdk 2>&1 && printf '%s' "$JAVA_HOME"
    )
}

# Runs $3... with JAVA_HOME $1 and search list $2; the exit code is left in code, the output in output.
run_with() {
    home=$1 search=$2
    shift 2
    output=$(JAVA_HOME=$home HOLDFAST_JDK_SEARCH=$search "$@" 2>&1)
    code=$?
}

fake_jdk "$scratch/old" 17.0.15
fake_jdk "$scratch/jvm/jdk-21" 21.0.9
fake_jdk "$scratch/jvm/jdk-25" 25.0.1
fake_jdk "$scratch/jvm/jdk-26" 26
fake_jdk "$scratch/with blank" 25
fake_jdk "$scratch/early" 25-ea
fake_jdk "$scratch/runtime-only" 25
rm "$scratch/runtime-only/bin/javac"
mkdir "$scratch/empty"

check javaHomeComesFirst "$scratch/jvm/jdk-26" "$(found_with "$scratch/jvm/jdk-26" "$scratch/jvm/*")"
check anOldJavaHomeIsPassedOver "$scratch/jvm/jdk-25" "$(found_with "$scratch/old" "$scratch/jvm/*")"
check anUnsetJavaHomeIsPassedOver "$scratch/jvm/jdk-25" "$(found_with "" "$scratch/jvm/*")"
check theLowestVersionThatSuitsWins "$scratch/jvm/jdk-25" "$(found_with "" "$scratch/jvm/jdk-26:$scratch/jvm/jdk-25")"
check aFolderWithABlankIsFound "$scratch/with blank" "$(found_with "" "$scratch/old:$scratch/with blank")"
check anEarlyBuildCounts "$scratch/early" "$(found_with "$scratch/early" "")"

for name in old empty runtime-only; do
    run_with "$scratch/$name" "" "$root/holdfast" --version
    check "launcherEndsWith2On_$name" 2 "$code"
    check "launcherSaysOneSentenceOn_$name" 1 "$(printf '%s\n' "$output" | grep -c .)"
    case $output in
        *"JDK 25 or later: install one"*"JAVA_HOME"*) echo "ok launcherSaysWhatToInstallOn_$name" ;;
        *) echo "FAILED launcherSaysWhatToInstallOn_$name: $output" ;;
    esac
done
run_with "$scratch/old" "" "$root/build/maven.sh" --version
check mavenEndsWith2WithoutAJdk "2 1" "$code $(printf '%s\n' "$output" | grep -c .)"
run_with "$scratch/old" "" make -s -C "$root" format
check makeStopsWithoutAJdk 2 "$code"

# A copy of the launcher beside made-up jars shows which program each verb starts.
house="$scratch/house"
mkdir -p "$house/build" "$house/cli/target/lib" "$house/server/target/lib"
cp "$root/holdfast" "$house/"
cp "$root/build/jdk.sh" "$root/build/jars.sh" "$house/build/"
: >"$house/cli/target/holdfast-cli.jar"
: >"$house/server/target/holdfast-server.jar"
ln -s "$house/holdfast" "$scratch/link"

run_with "$scratch/early" "" "$scratch/link" verify "a b"
case $output in
    *"-jar $house/cli/target/holdfast-cli.jar verify a b") echo "ok everyVerbButServeGoesToTheCommandLine" ;;
    *) echo "FAILED everyVerbButServeGoesToTheCommandLine: $output" ;;
esac
run_with "$scratch/early" "" "$house/holdfast" serve --port 1
case $output in
    *"-jar $house/server/target/holdfast-server.jar --port 1") echo "ok serveGoesToTheServerWithoutItsVerb" ;;
    *) echo "FAILED serveGoesToTheServerWithoutItsVerb: $output" ;;
esac
