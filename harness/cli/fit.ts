import { createBadLines, fitLog, loadLexicon, readOwnRows, tellPieces } from '../dataset/index.js';
import type { Host } from '../host/index.js';
import type { OwnOptions } from '../model/dataset.js';
import { BenchError } from '../model/error.js';
import type { FittedProfile } from '../model/profile.js';
import { formatShare, groupDigits } from '../model/unit.js';
import type { Language } from '../report/index.js';
import type { Io } from './io.js';
import { printedIn } from './language.js';
import { datasetWords } from './text/dataset.js';
import { cliText } from './text/index.js';
import { inLanguage } from './text/sentence.js';
import { createWork } from './work.js';

export interface FitFlags {
  output?: string;
  columns?: string;
  format?: NonNullable<OwnOptions['format']>;
  encoding?: NonNullable<OwnOptions['encoding']>;
  strict?: boolean;
  json?: boolean;
}

const mibBytes = 2 ** 20;

/** `fit`: the figures of a log as a profile; none of its text. stdout holds the profile where it goes into no file or `--json` asks for it, else what it is like. Bad lines are named on stderr; with `--strict` they end it. */
export async function fit(file: string, flags: FitFlags, host: Host, signal: AbortSignal, io: Io): Promise<number> {
  const columns = columnsOf(flags.columns);
  if (flags.output !== undefined) host.files.checkWritable(flags.output);
  const reader = host.files.reader(file);
  const work = createWork(`reading ${file}, MiB`, reader.sizeBytes === null ? null : Math.ceil(reader.sizeBytes / mibBytes), { host, signal, io });
  try {
    let bytes = 0;
    const rows = readOwnRows({ pieces: () => tellPieces(reader.pieces(), (more) => work.at(Math.floor((bytes += more) / mibBytes))) }, file, {
      ...(columns === undefined ? {} : { columns }),
      ...(flags.format === undefined ? {} : { format: flags.format }),
      ...(flags.encoding === undefined ? {} : { encoding: flags.encoding }),
    });
    const log = fitLog(loadLexicon(host.files, host.files.packageRoot));
    const bad = createBadLines(file);
    for await (const row of rows) {
      if (row.kind === 'row') log.add(row);
      else bad.add(row);
    }
    const facts = rows.facts();
    if (flags.strict === true && facts.bad > 0) throw bad.failure(facts);
    const profile = log.finish(facts.bad);
    work.end();
    const text = `${JSON.stringify(profile, null, 1)}\n`;
    if (flags.output !== undefined) host.files.writeText(flags.output, text);
    const words = datasetWords(printedIn(io));
    if (flags.output === undefined || flags.json === true) io.out(text);
    else {
      io.out(`${describeProfile(profile, printedIn(io))}\n${flags.output}${words.colon}${words.profile.written(groupDigits(Buffer.byteLength(text)))}\n`);
    }
    const sentence = bad.sentence(facts);
    if (sentence !== null) io.err(`${cliText(printedIn(io)).warning(inLanguage(sentence, printedIn(io)))}\n`);
    return 0;
  } finally {
    work.end();
    reader.close();
  }
}

const parts = ['a', 'b', 'label', 'time'] as const;

/** `a=2,b=3,label=4` or names of the first line. */
function columnsOf(text: string | undefined): OwnOptions['columns'] | undefined {
  if (text === undefined) return undefined;
  const columns: Partial<Record<(typeof parts)[number], string | number>> = {};
  for (const word of text.split(',')) {
    const [key = '', value = ''] = word.split('=').map((each) => each.trim());
    const part = parts.find((each) => each === key);
    if (part === undefined || value === '') throw new BenchError('usage', `--columns does not understand "${word}".`, { hint: 'Write a=…,b=…, and label=… or time=… where the log has them: by the name in the first line, or by number from 1.' });
    columns[part] = /^[1-9]\d*$/.test(value) ? Number(value) : value;
  }
  if (columns.a === undefined || columns.b === undefined) throw new BenchError('usage', '--columns needs both addresses.', { hint: 'For example: --columns a=2,b=3.' });
  return columns;
}

function describeProfile({ pairs, characters, fields, repeats, gapsMs, labels }: FittedProfile, language: Language): string {
  const text = datasetWords(language).profile;
  return [
    `${text.pairs}${groupDigits(pairs)}`,
    `${text.characters}${text.lengths(characters.mean.toFixed(1), String(characters.p50), String(characters.p90), String(characters.max))}`,
    `${text.fields}${Object.entries(fields).map(([field, share]) => `${field} ${formatShare(share)}`).join(text.comma)}`,
    `${text.repeats}${text.cameBefore(formatShare(repeats.pairs), formatShare(repeats.addresses))}`,
    `${text.gaps}${gapsMs === null ? text.noTimes : text.gapsOf(gapsMs.mean.toFixed(1), gapsMs.variation.toFixed(2))}`,
    `${text.labels}${labels === null ? text.noLabels : text.labelsOf(formatShare(labels.exact), formatShare(labels.partial), formatShare(labels.not))}`,
  ].join('\n');
}
