import { BenchError, messageOf } from '../../model/error.js';

/** Whoever can read a text file: the host, or a test. */
export interface TextFiles {
  readText(path: string): string;
}

const folder = 'datasets/lexicon';
const hint = 'The tables come with the program: get a whole copy of it, or make them again with `npm run derive`.';

/** The text of a table under `<root>/datasets/lexicon`, whose rows have the form that its name promises. Throws lexicon-unusable with file and line. */
export function readTable(files: TextFiles, root: string, name: string): string {
  const text = textOf(files, root, name);
  if (text.trim() === '') throw spoilt(name, 1, 'is empty');
  if (name.endsWith('.json')) checkJson(name, text);
  else if (name.endsWith('.tsv')) checkRows(name, text);
  return text;
}

function textOf(files: TextFiles, root: string, name: string): string {
  try {
    return files.readText(`${root}/${folder}/${name}`);
  } catch (cause) {
    throw new BenchError('lexicon-unusable', `There is no readable table ${folder}/${name}.`, { hint, cause });
  }
}

/** A table that is there and cannot be used. */
export const spoilt = (name: string, line: number, why: string): BenchError => new BenchError('lexicon-unusable', `${folder}/${name}:${String(line)}: ${why}.`, { hint });

function checkJson(name: string, text: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    const position = Number(/position (\d+)/.exec(messageOf(error))?.[1] ?? text.length);
    throw spoilt(name, text.slice(0, position).split('\n').length, 'is not valid JSON');
  }
}

function checkRows(name: string, text: string): void {
  const at = text.trimEnd().split('\n').findIndex((row) => !row.includes('\t'));
  if (at >= 0) throw spoilt(name, at + 1, 'has one cell, but a row needs at least two');
}
