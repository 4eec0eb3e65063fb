/**
 * Abnormal requests by kind: the one that was asked alone, whose body was read, and those of all measured stages. A kind was cut off
 * where a request got no HTTP answer and did not time out. A server is dead when a sound request after it got no answer, or when it
 * ended while the load was on. Refuses (`no-abnormal`) where no such request was sent.
 */
import type { Finding } from '../../model/analysis.js';
import type { AbnormalFigures, AbnormalRow } from '../../model/answer-quality.js';
import type { RunRecord } from '../../model/record.js';

/** Kinds in the order of asking, then those that only the load sent. */
export function abnormalFigures(record: RunRecord): Finding<AbnormalFigures> {
  const rows = new Map<string, AbnormalRow>();
  const rowOf = (kind: string): AbnormalRow => {
    const known = rows.get(kind);
    if (known !== undefined) return known;
    const made: AbnormalRow = { kind, expect: null, sent: 0, asExpected: 0, answered: 0, refused: 0, serverErrors: 0, otherStatus: 0, timedOut: 0, cutOff: 0, field: null, named: null };
    rows.set(kind, made);
    return made;
  };
  const probe = record.abnormal ?? null;
  for (const answer of probe?.answers ?? []) {
    const row = rowOf(answer.kind);
    Object.assign(row, { expect: answer.expect, field: answer.field, named: answer.named });
    add(row, { [String(answer.status)]: 1 }, answer.failure === 'timeout' ? 1 : 0, answer.failure === '' ? 1 : 0);
  }
  const measured = record.stages.filter(({ stage }) => stage.role === 'measure');
  for (const { byAbnormalKind } of measured) {
    for (const [kind, { asExpected, statuses, timedOut = 0 }] of Object.entries(byAbnormalKind)) add(rowOf(kind), statuses, timedOut, asExpected);
  }
  if (rows.size === 0) return { kind: 'absent', why: 'no-abnormal' };
  const all = [...rows.values()];
  const total = (value: (row: AbnormalRow) => number): number => all.reduce((sum, row) => sum + value(row), 0);
  const diedUnderLoad = measured.some(({ status }) => status === 'server-failed') || record.failure?.code === 'server-crashed';
  return {
    kind: 'found',
    value: {
      rows: all, sent: total((row) => row.sent), asExpected: total((row) => row.asExpected), serverErrors: total((row) => row.serverErrors),
      timedOut: total((row) => row.timedOut), cutOff: total((row) => row.cutOff), shouldName: total((row) => (row.named === null ? 0 : 1)), named: total((row) => (row.named === true ? 1 : 0)),
      diedAfter: probe?.diedAfter ?? (diedUnderLoad ? '' : null), notAsked: probe === null ? 0 : probe.kinds - probe.answers.length,
    },
  };
}

function add(row: AbnormalRow, statuses: Readonly<Record<string, number>>, timedOut: number, asExpected: number): void {
  for (const [status, n] of Object.entries(statuses)) {
    row.sent += n;
    const hundred = Math.floor(Number(status) / 100);
    if (hundred === 2) row.answered += n;
    else if (hundred === 4) row.refused += n;
    else if (hundred === 5) row.serverErrors += n;
    else if (hundred === 0) row.cutOff += n;
    else row.otherStatus += n;
  }
  row.cutOff = Math.max(0, row.cutOff - timedOut);
  row.timedOut += timedOut;
  row.asExpected += asExpected;
}
