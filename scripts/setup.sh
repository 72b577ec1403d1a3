#!/usr/bin/env bash
# setup.sh run|dev: make .venv and install the locked packages; quick when nothing changed.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/say.sh

python=.venv/bin/python
uv=.venv/bin/uv

suitable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null && suitable "$name"; then command -v "$name"; return; fi
  done
  fail "diperlukan Python 3.11 atau lebih baru; pasang, atau sebutkan dengan PYTHON=/jalur/python3." \
    "Python 3.11 or later is needed; install it, or name it by PYTHON=/path/to/python3."
}

make_environment() {
  local base
  base=$(find_python)
  if ! "$base" -c 'import ensurepip, venv' 2>/dev/null; then
    install_package python3-venv >&2 || fail "paket python3-venv belum ada; pasang dengan: apt-get install python3-venv" \
      "the package python3-venv is missing; install it by: apt-get install python3-venv"
  fi
  say "Membuat lingkungan Python (.venv)"
  "$base" -m venv --clear .venv
}

# install NAME TITLE: install requirements/NAME.lock, every file checked against its hash.
install() {
  local stamp=.venv/$1.installed sum
  sum=$(checksum "requirements/$1.lock")
  if fresh "$stamp" "$sum"; then return; fi
  say "Memasang $2"
  rm -f "$stamp"
  if [ "$1" = tools ]; then
    $python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tools.lock
  else
    $uv pip install --quiet --python $python --require-hashes -r "requirements/$1.lock" ||
      $python -m pip install --quiet --disable-pip-version-check --require-hashes -r "requirements/$1.lock"
  fi || fail "paket Python tidak dapat dipasang; periksa jaringan, lalu ulangi." \
    "the Python packages cannot be installed; check the network and try again."
  echo "$sum" >"$stamp"
}

suitable $python || make_environment
install tools "pemasang paket"
install run "paket Python yang dikunci"
if [ "${1:-run}" = dev ]; then install dev "alat pemeriksaan dan uji"; fi
