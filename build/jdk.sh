# Finds a JDK 25 or later; to be sourced by a POSIX shell: the launcher, the Makefile and CI all ask here.
#
#   . build/jdk.sh && find_jdk || exit 2
#
# On success JAVA_HOME is exported; otherwise one sentence on standard error says what to install.
# JAVA_HOME comes first, then the java on PATH, then the usual folders. HOLDFAST_JDK_SEARCH, a list of
# folders or patterns separated by colons, replaces PATH and the usual folders; it may be empty.

HOLDFAST_JDK_LEAST=25

# Prints the major version of the JDK in folder $1, or nothing when there is no JDK.
jdk_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
    if [ -r "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
    else
        "$1/bin/java" -version 2>&1 | sed -n '1s/[^"]*"\([0-9]*\).*/\1/p'
    fi
}

# True when folder $1 holds a JDK that is new enough; its version is left in jdk_found_version.
jdk_suits() {
    jdk_found_version=$(jdk_version "$1")
    [ -n "$jdk_found_version" ] && [ "$jdk_found_version" -ge "$HOLDFAST_JDK_LEAST" ]
}

# Prints the folder of the java on PATH, its links followed, or nothing.
jdk_on_path() {
    jdk_program=$(command -v java) || return 0
    while [ -L "$jdk_program" ]; do
        jdk_target=$(readlink "$jdk_program")
        case $jdk_target in
            /*) jdk_program=$jdk_target ;;
            *) jdk_program=$(dirname "$jdk_program")/$jdk_target ;;
        esac
    done
    dirname "$(dirname "$jdk_program")"
}

jdk_usual_folders() {
    printf '%s' "$(jdk_on_path):/usr/lib/jvm/*:/usr/lib64/jvm/*:/usr/java/*:/opt/java/*:/opt/jdk*"
    printf '%s' ":/Library/Java/JavaVirtualMachines/*/Contents/Home"
    printf '%s' ":$HOME/.sdkman/candidates/java/*:$HOME/.jdks/*"
}

# Exports JAVA_HOME; among the folders the lowest version that suits wins, as it is the one we test with.
find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && jdk_suits "$JAVA_HOME"; then
        export JAVA_HOME
        return 0
    fi
    jdk_best=
    jdk_best_version=
    jdk_old_ifs=$IFS
    IFS=:
    for jdk_folder in ${HOLDFAST_JDK_SEARCH-$(jdk_usual_folders)}; do
        if jdk_suits "$jdk_folder"; then
            if [ -z "$jdk_best" ] || [ "$jdk_found_version" -lt "$jdk_best_version" ]; then
                jdk_best=$jdk_folder
                jdk_best_version=$jdk_found_version
            fi
        fi
    done
    IFS=$jdk_old_ifs
    if [ -z "$jdk_best" ]; then
        echo "Holdfast needs a JDK $HOLDFAST_JDK_LEAST or later: install one (for instance Temurin 25 from https://adoptium.net) or set JAVA_HOME to its folder." >&2
        return 2
    fi
    JAVA_HOME=$jdk_best
    export JAVA_HOME
}
