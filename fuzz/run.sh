#!/bin/sh
# Runs a fuzz target for some seconds: fuzz/run.sh TARGET [SECONDS]
#
# What is found goes to fuzz/corpus, which is not kept. The seeds, and the pages of the tests, are
# only read.
set -eu

target=$1
seconds=${2:-600}
cd "$(dirname "$0")"
here=$(pwd)

case $target in
page)
    tests="$here/../tests/it/cases"
    set -- "$tests/forms" "$tests/pages" "$tests/import" "$tests/changes" "$tests/bilingual"
    ;;
*)
    set --
    ;;
esac

dict=$target
case $target in budget) dict=page ;; esac

mkdir -p "corpus/$target"
# arkerr has no unsafe code: a sanitizer of addresses would halve the speed and find nothing.
exec cargo fuzz run --sanitizer none "$target" "$here/corpus/$target" "$here/seeds/$target" "$@" -- \
    -dict="$here/$dict.dict" -max_total_time="$seconds" -max_len=16384 -timeout=10 -rss_limit_mb=2048 \
    -print_final_stats=1
