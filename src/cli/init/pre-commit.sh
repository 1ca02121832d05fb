#!/bin/sh
# Refuses a commit whose generated files are not what its snapshots give. It was made by
# `arkerr init --hook`; `git commit --no-verify` goes past it.
set -eu

# The folder of the project, as it lies in the repository, and what arkerr reads and writes there.
project=@PROJECT@
snapshots=@SNAPSHOTS@
set -- @PATHS@

# A commit that is about something else is not looked at, nor one before the first page.
if git diff --cached --quiet -- "$@"; then
  exit 0
fi
if ! git ls-files -- "$snapshots" | grep -Eiqv '(^|/)(\.|readme\.)[^/]*$'; then
  exit 0
fi

# What counts is what will be committed, whatever else lies in the working copy.
staged=$(mktemp -d)
trap 'rm -rf "$staged"' EXIT
git ls-files -z -- "$@" | git checkout-index -z --stdin --prefix="$staged/"
(cd "$staged/$project" && arkerr check)
