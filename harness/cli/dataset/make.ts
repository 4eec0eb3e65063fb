import { makeChunks, pairFormats, type Chunk, type PairFormat } from '../../dataset/index.js';
import { BenchError } from '../../model/error.js';
import { formatDuration, formatMiB, groupDigits } from '../../model/unit.js';
import { printedIn } from '../language.js';
import { datasetWords } from '../text/dataset.js';
import type { DatasetFlags, Surroundings } from './flags.js';
import { openDataset } from './plan.js';
import { createWork } from '../work.js';

/** Where the lines of the pairs go. */
interface Sink {
  /** False when nobody reads any more. */
  write(lines: Chunk['lines']): Promise<boolean>;
  close(): Promise<void>;
  /** Gives up: nothing half-written is left behind. */
  discard(): Promise<void>;
}

/** `dataset make`: the pairs as a file. How many and how fast is said at the end. */
export async function makeDataset(name: string, flags: DatasetFlags, around: Surroundings): Promise<number> {
  const { host, io } = around;
  const { output } = flags;
  if (output === undefined) throw new BenchError('usage', '`dataset make` needs -o FILE.', { hint: 'For example: mgeo-bench dataset make quick -o pairs.jsonl (or -o - for stdout)' });
  if (output === '-' && flags.json === true) throw new BenchError('usage', 'Both -o - and --json want stdout: the pairs for themselves, the figures for themselves.', { hint: 'Give the pairs a file, or leave --json out: the figures are on stderr then.' });
  if (output !== '-') host.files.checkWritable(output);
  const { plan, dataset, close } = await openDataset(name, flags, around);
  const format = flags.format ?? formatOf(output);
  const startMs = host.clock.nowMs();
  const work = createWork('making pairs', dataset.count, around);
  const sink = sinkOf(output, around);
  let done = 0;
  try {
    let written = Promise.resolve(true);
    for await (const chunk of makeChunks(plan, dataset, format, host)) {
      // Awaited only now, so that the chunk was made while the one before it was written.
      if (!(await written)) break;
      await work.at(done);
      written = sink.write(chunk.lines);
      // Heard above, once the next chunk is there; until then it is nobody's.
      written.catch(() => undefined);
      done = chunk.pairs;
    }
    await written;
    await sink.close();
  } catch (error) {
    await sink.discard();
    throw error;
  } finally {
    work.end();
    close();
  }
  const tookMs = Math.max(0.001, host.clock.nowMs() - startMs);
  const pairsPerS = Math.round(done / tookMs * 1000);
  const peakMemoryMiB = host.machine.peakMemoryMiB();
  const figures = `${datasetWords(printedIn(io)).made(groupDigits(done), formatDuration(tookMs), groupDigits(pairsPerS), formatMiB(peakMemoryMiB))}\n`;
  if (flags.json === true) io.out(`${JSON.stringify({ file: output, format, pairs: done, tookS: Math.round(tookMs) / 1000, pairsPerS, peakMemoryMiB: Math.round(peakMemoryMiB * 10) / 10 }, null, 2)}\n`);
  else if (output === '-') io.err(figures);
  else io.out(`${output}: ${figures}`);
  return 0;
}

function sinkOf(output: string, { host, io }: Surroundings): Sink {
  if (output === '-') return { write: (lines) => io.pour(lines), close: () => Promise.resolve(), discard: () => Promise.resolve() };
  const writer = host.files.writer(output, { whole: true });
  return { ...writer, write: async (lines) => {
    await writer.write(lines);
    return true;
  } };
}

/** By the ending of the file's name; jsonl where it says nothing. */
const formatOf = (output: string): PairFormat => pairFormats.find((format) => output.toLowerCase().endsWith(`.${format}`)) ?? 'jsonl';
