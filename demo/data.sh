# Makes the raw files of three runs, always the same, and the register that expects them.
#
#   make_files FOLDER REGISTER      301 files of 8 to 16 kB below FOLDER

make_files() {
    local folder=$1 register=$2 run files i name path n=0 bytes
    local now closed
    now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
    # A run of this morning: closed an hour before the register was read.
    closed=$(printf '%(%Y-%m-%dT%H:%M:%S)T+00:00' $(($(date -u +%s) - 3600)))
    {
        echo "# holdfast-register: 1"
        echo "# source: run database of the demo"
        echo "# as-of: $now"
        echo "experiment,run,type,closed,file,bytes,events"
    } >"$register"
    for run in 1968:100 1969:100 1970:101; do
        files=${run#*:}
        run=${run%:*}
        printf -v path '/belle/Raw/e0026/r%05d/sub00' "$run"
        mkdir -p "$folder$path"
        for ((i = 0; i < files; i++)); do
            printf -v name '%s/physics.0026.%05d.HLT%d.f%05d.root' "$path" "$run" $((i % 5 + 1)) "$i"
            # 128 sizes, each of two or three files: bytes can be exchanged and the size stays.
            bytes=$((8000 + n * 37 % 128 * 64))
            seq -f "run $run file $i record %.0f" 1 1000 | head -c "$bytes" >"$folder$name"
            echo "26,$run,physics,$closed,$name,$bytes,$((bytes / 100))" >>"$register"
            n=$((n + 1))
        done
    done
}
