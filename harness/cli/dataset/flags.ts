import type { Host } from '../../host/index.js';
import type { PairFormat } from '../../dataset/index.js';
import type { Language } from '../../report/index.js';
import type { Io } from '../io.js';

/** What the verbs of `dataset` are called with; each reads those that mean something to it. */
export interface DatasetFlags {
  output?: string;
  format?: PairFormat;
  count?: number;
  class?: string;
  seed?: number;
  lang?: Language;
  strict?: boolean;
  json?: boolean;
  set: string[];
}

/** What every verb needs besides its flags. */
export interface Surroundings {
  host: Host;
  /** Aborts on Ctrl-C or SIGTERM. */
  signal: AbortSignal;
  io: Io;
}
