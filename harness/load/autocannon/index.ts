import type { Context } from '../../host/index.js';
import { driveProgram, type Program, type Sink } from '../drive.js';
import type { DriveOptions, Engine } from '../engine.js';
import { writeSettings } from '../settings.js';
import { createLineReader } from './lines.js';
import { childrenFor } from './share.js';

/** The version whose insides user.ts knows. */
export const pinnedAutocannon = '9.0.0';

/** autocannon as an engine: in a process of its own, or in several where one would be too slow. */
export function createAutocannon(why: string): Engine {
  return {
    name: 'autocannon',
    version: pinnedAutocannon,
    why,
    drive: (options, ctx) => driveProgram((sink, schedule) => createProgram(sink, schedule, options, ctx), options, ctx),
  };
}

async function createProgram(sink: Sink, schedule: Float64Array | null, options: DriveOptions, ctx: Context): Promise<Program> {
  const { files, machine, processes } = ctx.host;
  const folder = files.scratchDir('autocannon');
  const settings = await writeSettings(folder, options, schedule, ctx);
  const reader = createLineReader(sink);
  const children = childrenFor(options.stage.arrival, machine.cores, options.aloneMs);
  return {
    name: 'autocannon',
    command: children === 1 ? processes.node('harness/load/autocannon/child.js', settings) : processes.node('harness/load/autocannon/children.js', settings, String(children)),
    // Warnings of Node are no errors of the load.
    env: { NODE_OPTIONS: undefined, NODE_NO_WARNINGS: '1' },
    readStdout: reader.push,
    readStderr: (line) => {
      if (line.trim() !== '') sink.message(line, false);
    },
    stopSignal: 'SIGTERM',
    stopWithinS: 5,
    stoppedCode: 0,
    ownCount: () => {
      const counts = reader.counts();
      return {
        counted: counts?.ended ?? null,
        loopLag: counts === null ? null : { p50Ms: counts.loopP50Ms, p99Ms: counts.loopP99Ms },
        eventLoopUse: counts?.eventLoopUse ?? null,
      };
    },
  };
}
