import { fileURLToPath } from 'node:url';
import type { Context } from '../../host/index.js';
import { driveProgram, type Program, type Sink } from '../drive.js';
import type { DriveOptions, Engine } from '../engine.js';
import { writeSettings } from '../settings.js';
import { createCsvReader } from './csv.js';

/** k6 at `path` as an engine. */
export function createK6(path: string, version: string, why: string): Engine {
  return {
    name: 'k6',
    version,
    why,
    drive: (options, ctx) => driveProgram((sink, schedule) => createProgram(path, sink, schedule, options, ctx), options, ctx),
  };
}

/** Variables of k6 that would change the load behind the plan's back, and proxies, which k6 would use for loopback too. */
const unset = [
  'VUS', 'DURATION', 'ITERATIONS', 'STAGES', 'BATCH', 'BATCH_PER_HOST', 'RPS', 'MAX_REDIRECTS', 'USER_AGENT', 'HTTP_DEBUG', 'NO_CONNECTION_REUSE',
  'NO_VU_CONNECTION_REUSE', 'MIN_ITERATION_DURATION', 'THROW', 'BLACKLIST_IPS', 'BLOCK_HOSTNAMES', 'DISCARD_RESPONSE_BODIES', 'EXECUTION_SEGMENT',
  'EXECUTION_SEGMENT_SEQUENCE', 'OUT', 'SYSTEM_TAGS', 'PAUSED', 'SETUP_TIMEOUT', 'LOCAL_IPS', 'DNS', 'LOG_OUTPUT', 'LOG_FORMAT', 'TYPE',
  'COMPATIBILITY_MODE', 'SUMMARY_MODE', 'CSV_FILENAME', 'VERBOSE', 'PROFILING_ENABLED', 'FEATURES', 'SUMMARY_EXPORT', 'WEB_DASHBOARD',
].map((name) => `K6_${name}`).concat(['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy']);

/** The environment of k6: silent towards the outside, microseconds in the stream, and a collector that pauses rarely. */
const environment: Record<string, string | undefined> = {
  ...Object.fromEntries(unset.map((name) => [name, undefined])),
  K6_NO_USAGE_REPORT: 'true',
  K6_AUTO_EXTENSION_RESOLUTION: 'false',
  K6_CSV_TIME_FORMAT: 'unix_micro',
  K6_CSV_SAVE_INTERVAL: '50ms',
  K6_METRIC_SAMPLES_BUFFER_SIZE: '20000',
  GOGC: '800',
  TZ: 'UTC',
};

async function createProgram(path: string, sink: Sink, schedule: Float64Array | null, options: DriveOptions, ctx: Context): Promise<Program> {
  const { files } = ctx.host;
  const folder = files.scratchDir('k6');
  const settings = await writeSettings(folder, options, schedule, ctx);
  // An empty configuration instead of the user's own, which could change the load.
  files.writeText(`${folder}/k6.json`, '{}');
  const reader = createCsvReader(sink);
  return {
    name: 'k6',
    command: [
      path, 'run', '--config', `${folder}/k6.json`, '--quiet', '--no-color', '--summary-mode=disabled', '--no-thresholds', '--log-format=json', '--out', 'csv=-',
      '--env', `MGEO_SETTINGS=${settings}`, fileURLToPath(new URL('./script.js', import.meta.url)),
    ],
    env: environment,
    readStdout: reader.push,
    readStderr: (line) => {
      const text = errorOf(line);
      if (text !== null) sink.message(text, true);
    },
    stopSignal: 'SIGINT',
    stopWithinS: 10,
    stoppedCode: 105,
    ownCount: () => ({ counted: reader.iterations(), loopLag: null, eventLoopUse: null }),
  };
}

/** The text of an error-level line; null for warnings (k6 warns of each failed request, which has its row) and for the note of our own stop. */
function errorOf(line: string): string | null {
  let entry: { level?: unknown; msg?: unknown };
  try {
    entry = JSON.parse(line) as typeof entry;
  } catch {
    // k6 writes plain text only where it cannot even read its options, or in a crash.
    return line.trim() === '' ? null : line;
  }
  if (entry.level !== 'error' && entry.level !== 'fatal' && entry.level !== 'panic') return null;
  const text = String(entry.msg);
  return text.includes('test run was aborted because k6 received') ? null : text;
}
