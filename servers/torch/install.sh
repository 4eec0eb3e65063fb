#!/bin/sh
# Makes .build/torch/python, a Python with what the GPU server needs: the torch that this machine has (Debian's python3-torch, or one made
# for its GPU), else the pinned one from PyPI. Costs seconds the second time. `PYTHON=…` names another Python to begin with; the arguments are
# extras of pyproject.toml: `sh servers/torch/install.sh modelscope`.
set -eu
cd "$(dirname "$0")/../.."
target=.build/torch/python
pins() { "$target/bin/python" -c 'import sys, tomllib
project = tomllib.load(open("servers/torch/pyproject.toml", "rb"))["project"]
print("\n".join(sum((project["optional-dependencies"][name] for name in sys.argv[1:]), project["dependencies"])))' "$@"; }
has_torch() { "$1" -c 'import torch' 2>/dev/null; }

base=${PYTHON:-python3}
if [ -z "${PYTHON:-}" ]; then
  # The first Python with a torch of its own; Debian's belongs to the system's Python, which need not be the first in the path.
  for candidate in python3 /usr/bin/python3; do
    if has_torch "$candidate"; then base=$candidate; break; fi
  done
fi
[ -x "$target/bin/python" ] || "$base" -m venv --system-site-packages "$target"
has_torch "$target/bin/python" || set -- torch "$@"
pins "$@" > .build/torch/requirements.txt
"$target/bin/python" -m pip install --quiet --disable-pip-version-check -r .build/torch/requirements.txt
"$target/bin/python" -c 'import sys, torch; print(f"{sys.executable}: torch {torch.__version__}, CUDA " + ("found" if torch.cuda.is_available() else "not found"))'
