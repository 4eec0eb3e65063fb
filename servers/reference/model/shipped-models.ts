import { join } from 'node:path';
import { packageRoot } from './package-root.js';

/** Models that come with the package. */
export const shippedModels = ['address-mini', 'address-mini-bi'] as const;

/** The folder of a shipped model; null for any other name. */
export const shippedModelPath = (name: string): string | null =>
  shippedModels.some((shipped) => shipped === name) ? join(packageRoot(), 'servers', 'reference', 'models', name) : null;
