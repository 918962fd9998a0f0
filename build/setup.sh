#!/bin/sh
# Installs the system packages the tests want, by apt, and skips what is there; run by `make test`.
#
#   build/setup.sh                 PostgreSQL's programs: the catalogue is tested on them beside the embedded one;
#                                  pgBackRest: a restore to a moment is tested with it;
#                                  Ceph: its S3 gateway is what the driver for object stores is tested against
#                                  XRootD, and gfal2 as a client of it that is not ours: what the drivers for the grid are tested with;
#                                  M2Crypto, which FTS's own client wants (build/fts-client.sh)
#   build/setup.sh --screenshots   also Chromium, which only the pictures of the pages need
set -u

have_postgresql() {
    for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin; do
        [ -x "$folder/initdb" ] && return 0
    done
    command -v initdb >/dev/null 2>&1
}

have_pgbackrest() {
    command -v pgbackrest >/dev/null 2>&1
}

have_ceph() {
    for program in ceph-mon ceph-osd radosgw radosgw-admin; do
        command -v "$program" >/dev/null 2>&1 || return 1
    done
}

have_xrootd() {
    for program in xrootd gfal-copy ip setfattr openssl; do
        command -v "$program" >/dev/null 2>&1 || return 1
    done
    ls /usr/lib/*/libXrdAccSciTokens-5.so /usr/lib/*/libXrdHttpTPC-5.so /usr/lib/*/gfal2-plugins/libgfal_plugin_file.so \
        >/dev/null 2>&1
}

have_m2crypto() {
    /usr/bin/python3 -c 'import M2Crypto' >/dev/null 2>&1
}

have_chromium() {
    command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

missing=
have_postgresql || missing="postgresql"
have_pgbackrest || missing="$missing pgbackrest"
have_ceph || missing="$missing ceph-mon ceph-osd radosgw ceph-common"
have_xrootd || missing="$missing xrootd-server xrootd-server-plugins xrootd-client xrootd-client-http-plugins
    xrootd-scitokens-plugins gfal2 gfal2-plugin-http gfal2-plugin-file gfal2-util-scripts python3-gfal2 python-is-python3
    attr iproute2 openssl"
have_m2crypto || missing="$missing python3 python3-venv python3-m2crypto"
if [ "${1:-}" = --screenshots ]; then
    have_chromium || missing="$missing chromium"
fi
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "setup: please install $missing with this system's package tool; tests that need it are skipped and say so." >&2
    exit 0
fi
if ! as_root true 2>/dev/null; then
    echo "setup: please run 'apt install $missing' as root; tests that need it are skipped and say so." >&2
    exit 0
fi

log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT
# The tests start clusters of their own: the package shall not leave a server running on this machine.
if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    as_root mkdir -p /etc/postgresql-common
    echo "create_main_cluster = false" | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
fi
install_missing() {
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        -o Dpkg::Options::=--force-confold $missing
}
echo "setup: installing $missing ..." >&2
if install_missing >"$log" 2>&1 || { as_root apt-get update >"$log" 2>&1 && install_missing >>"$log" 2>&1; }; then
    exit 0
fi
tail -n 5 "$log" >&2
echo "setup: $missing could not be installed; tests that need it are skipped and say so." >&2
exit 0
