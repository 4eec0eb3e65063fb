import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../../servers/reference/model/package-root.js';

/** The folder of the server under test. */
export const serverFolder = join(packageRoot(), 'servers/torch');

const wanted = ['torch', 'numpy', 'fastapi', 'uvicorn', 'httptools', 'prometheus_client'];

/** The first Python that has what servers/torch needs; null where there is none. As servers/torch/run.sh finds it. */
export const torchPython: string | null = (() => {
  const candidates = [process.env['PYTHON'] ?? '', join(packageRoot(), '.build/torch/python/bin/python'), 'python3', '/usr/bin/python3'];
  const asks = `import importlib.util as u, sys; sys.exit(not all(u.find_spec(n) for n in ${JSON.stringify(wanted)}))`;
  return candidates.find((python) => python !== '' && spawnSync(python, ['-c', asks], { stdio: 'ignore' }).status === 0) ?? null;
})();

/** Why the tests of the GPU server are skipped; false where they run. With CI=true they run, and fail where torch is missing. */
export const withoutTorch: string | false =
  torchPython !== null || process.env['CI'] === 'true' ? false : `no Python with ${wanted.join(', ')} (sh servers/torch/install.sh makes one)`;
