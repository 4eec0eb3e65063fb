#!/bin/sh
# Runs a program of this folder with the first Python that has what it needs: `sh servers/torch/run.sh serve.py --port 8080`.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
for python in "${PYTHON:-}" "$here/../../.build/torch/python/bin/python" python3 /usr/bin/python3; do
  # find_spec does not load torch, which takes seconds.
  if [ -n "$python" ] && "$python" -c 'import importlib.util as u, sys; sys.exit(not all(u.find_spec(n) for n in ("torch", "numpy", "fastapi", "uvicorn", "httptools", "prometheus_client")))' 2>/dev/null; then
    program=$1
    shift
    exec "$python" "$here/$program" "$@"
  fi
done
echo 'No Python here has torch and FastAPI; run `sh servers/torch/install.sh`, or name one in PYTHON.' >&2
exit 3
