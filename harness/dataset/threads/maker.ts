/** A thread that makes pairs: from the plan and its own lexicon, lines of those that it is asked for. */
import { answerQuestions, createHost } from '../../host/index.js';
import type { DatasetPlan } from '../../model/dataset.js';
import { createDataset } from '../create.js';
import { formatPages, type PairFormat } from '../format.js';
import { loadLexicon } from '../lexicon/index.js';

/** What a thread makes. */
export interface MakerOrder {
  plan: DatasetPlan;
  format: PairFormat;
}

/** Pairs `first` to `end` - 1. */
export interface Lines {
  first: number;
  end: number;
}

answerQuestions(({ plan, format }: MakerOrder) => {
  const { files } = createHost();
  const dataset = createDataset(plan, loadLexicon(files, files.packageRoot));
  return ({ first, end }: Lines) => {
    const pages = Array.from(formatPages(dataset, format, first, end), ({ text }) => Buffer.from(text));
    const lines = new Uint8Array(pages.reduce((length, page) => length + page.length, 0));
    let at = 0;
    for (const page of pages) {
      lines.set(page, at);
      at += page.length;
    }
    return lines;
  };
});
