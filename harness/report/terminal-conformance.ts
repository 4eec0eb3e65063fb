/** The conformance suite on a terminal: a line a group, and under it what does not simply hold. */
import stringWidth from 'string-width';
import type { RunRecord } from '../model/record.js';
import { checkTitle, conformanceSymbol, earlyText, groupsOf, seenText, tallyText } from './conformance-figure.js';
import { line, pad } from './terminal-text.js';
import type { Text } from './text/index.js';

/** It holds, but not as it was asked for. */
const telling: ReadonlySet<string> = new Set(['connections-limited']);

const toneOf = { 'pass': 'good', 'fail': 'bad', 'not-applicable': 'quiet', 'not-run': 'quiet' } as const;

/** Lines without the verdict. */
export function conformanceLines({ conformance }: RunRecord, text: Text, paint: (text: string, tone: 'good' | 'bad' | 'unsure' | 'quiet') => string): string[] {
  if (conformance === undefined) return [text.conformance.notRun];
  const t = text.conformance;
  const groups = groupsOf(conformance, text);
  const width = Math.max(0, ...groups.map(({ name }) => stringWidth(name)));
  const early = earlyText(conformance, text);
  return [
    ...groups.flatMap(({ name, rows }) => [
      `${pad(name, width, true)}  ${tallyText({ checks: rows }, text)}`,
      // What was not run is counted in the line above, and why stands once, in the sentence at the end.
      ...rows.filter(({ status, reason }) => (status !== 'pass' && status !== 'not-run') || telling.has(reason.code)).map((check) => {
        const seen = seenText(check, text);
        const words = `  ${conformanceSymbol[check.status]} ${check.id}${check.level === 'must' ? '' : text.aside(t.levels[check.level])}${text.colon}${line(checkTitle(check, text))}${seen === '' ? '' : `${text.colon}${line(seen)}`}`;
        return paint(words, check.status === 'fail' && check.level === 'should' ? 'unsure' : toneOf[check.status]);
      }),
    ]),
    ...(early === null ? [] : [early]),
  ];
}
