#!/bin/sh
# Makes .build/torch/python, a Python with what the GPU server needs: the torch that this machine has (Debian's python3-torch, or one made
# for its GPU), else the pinned one from PyPI. Does nothing the second time. `PYTHON=…` names another Python to begin with.
set -eu
cd "$(dirname "$0")/../.."
target=.build/torch/python
pins() { "$1" -c 'import sys, tomllib
project = tomllib.load(open("servers/torch/pyproject.toml", "rb"))["project"]
print("\n".join(project["dependencies"] if len(sys.argv) < 2 else project["optional-dependencies"][sys.argv[1]]))' ${2:+"$2"}; }

base=${PYTHON:-}
if [ -z "$base" ]; then
  base=python3
  # The first Python with a torch of its own; Debian's belongs to the system's Python, which need not be the first in the path.
  for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import torch' 2>/dev/null; then base=$candidate; break; fi
  done
fi
[ -x "$target/bin/python" ] || "$base" -m venv --system-site-packages "$target"
pins "$target/bin/python" > .build/torch/requirements.txt
if ! "$target/bin/python" -c 'import torch' 2>/dev/null; then pins "$target/bin/python" torch >> .build/torch/requirements.txt; fi
"$target/bin/python" -m pip install --quiet --disable-pip-version-check -r .build/torch/requirements.txt
"$target/bin/python" -c 'import sys, torch; print(f"{sys.executable}: torch {torch.__version__}, CUDA " + ("found" if torch.cuda.is_available() else "not found"))'
