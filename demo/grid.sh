# For the demo with real servers (make demo-grid): three elements stand behind XRootD, reached by WebDAV over TLS. What they serve are
# the folders that the demo works on. Sourced by demo/run.sh, which runs in a network of its own then.
grid_elements="KEK-RAW CNAF-RAW DESY-RAW"
grid_pids=

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# A new authority with one certificate for localhost, below $1.
make_authority() {
    mkdir -p "$1/certificates" &&
        (
            cd "$1" || exit 1
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /DC=demo/CN=DemoCA -keyout ca.key -out ca.pem &&
                openssl req -newkey rsa:2048 -nodes -subj /DC=demo/CN=localhost -keyout host.key -out host.csr &&
                printf 'subjectAltName=DNS:localhost\n' >host.ext &&
                openssl x509 -req -in host.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile host.ext -out host.pem &&
                cp ca.pem "certificates/$(openssl x509 -hash -noout -in ca.pem).0" && chmod 400 host.key
        ) >"$1/openssl.out" 2>&1
}

# Starts one XRootD that exports the folder $elements/$1, on port $2.
start_xrootd() {
    local folder=$work/grid/$1 owner=()
    mkdir -p "$folder/admin" "$folder/run" "$elements/$1"
    cp "$work/grid/authority/host.pem" "$work/grid/authority/host.key" "$folder"
    cat >"$folder/xrootd.cfg" <<CONFIG
xrd.port $2
xrd.network nodnr
all.export /$1
oss.localroot $elements
all.adminpath $folder/admin
all.pidpath $folder/run
xrd.tls $folder/host.pem $folder/host.key
xrd.tlsca certdir $work/grid/authority/certificates
xrd.protocol http:$2 libXrdHttp.so
http.exthandler xrdtpc libXrdHttpTPC.so
http.desthttps yes
xrootd.chksum max 2 adler32 crc32 md5
xrd.allow host localhost
CONFIG
    if [ "$(id -u)" = 0 ]; then
        owner=(-R xrootd)
        chown -R xrootd "$folder" "$elements/$1"
    fi
    X509_CERT_DIR=$work/grid/authority/certificates xrootd "${owner[@]}" -c "$folder/xrootd.cfg" -n "$1" >"$folder/log" 2>&1 &
    grid_pids="$grid_pids $!"
    local from=$SECONDS
    until (exec 3<>"/dev/tcp/localhost/$2") 2>/dev/null; do
        [ $((SECONDS - from)) -lt 20 ] || failed "XRootD serves $1 within 20 s" "$(tail -n 3 "$folder/log")"
        sleep 0.1
    done
}

# Starts all servers and lets the sites file $1 name them.
start_grid() {
    local name port
    command -v xrootd >/dev/null 2>&1 || failed "XRootD is installed" "it is not; run build/setup.sh"
    make_authority "$work/grid/authority" || failed "certificates are made" "$(tail -n 3 "$work/grid/authority/openssl.out")"
    for name in $grid_elements; do
        port=$(free_port)
        start_xrootd "$name" "$port"
        sed -i "s,driver: posix\, settings: { root: elements/$name },driver: webdav\, settings: { url: 'https://localhost:$port/$name'\, authorities: $work/grid/authority/ca.pem }," "$1"
        grep -q "localhost:$port/$name" "$1" || failed "the sites file names $name" "it does not"
        say "$name stands behind a real XRootD: https://localhost:$port/$name"
    done
}

stop_grid() {
    local pid
    for pid in $grid_pids; do
        kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
    done
    grid_pids=
}
