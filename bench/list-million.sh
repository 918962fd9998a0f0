#!/bin/sh
# Lists one dataset of 1,000,000 files with their copies while the server's heap is 256 MB: memory does not grow with the answer.
# usage: bench/list-million.sh
HOLDFAST_BENCH_HEAP=256m exec "$(dirname "$0")/replicas" 100 10000 million
