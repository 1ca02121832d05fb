#!/bin/sh
# Refuses a commit whose generated files are not what its snapshots give. It was made by
# `arkerr init --hook`; `git commit --no-verify` goes past it.
set -eu

# The folder of the project, as it lies in the repository, and what arkerr reads and writes there.
project=@PROJECT@
snapshots=@SNAPSHOTS@
set -- @PATHS@

# A commit that is about something else is not looked at, nor one before the first page.
if git --literal-pathspecs diff --cached --quiet -- "$@"; then
  exit 0
fi
if ! git --literal-pathspecs ls-files -- "$snapshots" | grep -Eiqv '(^|/)(\.|readme\.)[^/]*$'; then
  exit 0
fi

if ! command -v arkerr > /dev/null; then
  echo 'the commit is refused: arkerr, which checks the error codes, is not on the PATH' >&2
  echo 'install it, or go past this check with: git commit --no-verify' >&2
  exit 1
fi

# What counts is what will be committed, whatever else lies in the working copy.
staged=$(mktemp -d)
trap 'rm -rf "$staged"' EXIT
git --literal-pathspecs ls-files -z -- "$@" | git checkout-index -z --stdin --prefix="$staged/"
# It is started at the root, so that what it says to run can be run there.
if [ "$project" = . ]; then
  (cd "$staged" && arkerr check)
else
  (cd "$staged" && arkerr --directory="$project" check)
fi
