import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import type { BuildInfo } from './http/health.js';
import { packageRoot } from './model/package-root.js';

const manifest = z.object({ version: z.string() });

/** Versions of this program and of the runtime it computes with, from their own package files. A simulated accelerator is of this program itself. */
export const readBuildInfo = (isSimulated: boolean): BuildInfo => {
  const require = createRequire(import.meta.url);
  const own = manifest.parse(JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')));
  if (isSimulated) return { version: own.version, backend: { name: 'simulated', version: own.version } };
  const runtime = manifest.parse(require('onnxruntime-node/package.json'));
  return { version: own.version, backend: { name: 'onnxruntime-node', version: runtime.version } };
};
