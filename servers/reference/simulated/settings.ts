import { readDurationMs, readMiB } from '../quantity.js';

/** What a simulated accelerator costs. A batch's padded tokens are its longest text × its texts. */
export interface SimulatedSettings {
  /** Of a batch before its first token, ms. */
  batchMs: number;
  /** Of each padded token, ms. */
  tokenMs: number;
  /** Taken by the model itself, MiB. */
  memoryMiB: number;
  /** Taken by each padded token of the batches that it holds, MiB. */
  tokenMiB: number;
  /** What the device has, MiB: a batch for which there is no room fails. */
  limitMiB: number;
}

/** Of the order of BERT base on a small data-centre card: launching a batch costs as much as 800 tokens in it. */
export const usualSimulated: SimulatedSettings = { batchMs: 4, tokenMs: 0.005, memoryMiB: 600, tokenMiB: 0.25, limitMiB: 8192 };

type Key = keyof SimulatedSettings;

/** The words of the flag, each with its field and how its amount is read. */
const words: Readonly<Record<string, { key: Key; read: (text: string) => number | null; example: string }>> = {
  'batch': { key: 'batchMs', read: readDurationMs, example: '4ms' },
  'token': { key: 'tokenMs', read: readDurationMs, example: '5us' },
  'memory': { key: 'memoryMiB', read: readMiB, example: '600MiB' },
  'token-memory': { key: 'tokenMiB', read: readMiB, example: '0.25MiB' },
  'limit': { key: 'limitMiB', read: readMiB, example: '8GiB' },
};

/** A whole value of the flag, with the usual amounts. */
export const simulatedExample = Object.entries(words).map(([word, { example }]) => `${word}=${example}`).join(',');

/** Reads `batch=4ms,token=5us,…`; what is left out is as usual. Of what cannot be read it gives a sentence. */
export const readSimulated = (text: string): SimulatedSettings | { wrong: string } => {
  const settings = { ...usualSimulated };
  const seen = new Set<string>();
  for (const part of text === '' ? [] : text.split(',')) {
    const [word = '', amount = ''] = part.split(/=(.*)/s);
    const known = Object.hasOwn(words, word) ? words[word] : undefined;
    if (known === undefined) return { wrong: `--simulated takes ${Object.keys(words).join(', ')}, not ${JSON.stringify(word)}; as in ${simulatedExample}.` };
    const value = known.read(amount);
    if (value === null) return { wrong: `--simulated ${word} takes an amount such as ${known.example}, not ${JSON.stringify(amount)}.` };
    if (seen.has(word)) return { wrong: `--simulated names ${word} twice.` };
    seen.add(word);
    settings[known.key] = value;
  }
  if (settings.batchMs + settings.tokenMs <= 0) return { wrong: '--simulated takes an accelerator that costs something: batch and token are both 0.' };
  if (settings.memoryMiB >= settings.limitMiB) return { wrong: '--simulated takes a limit above the memory of the model itself.' };
  return settings;
};
