/** What was compared, on what, with what: names and values of the header, and that an accelerator was simulated. */
import type { ComparisonRecord } from '../../model/comparison.js';
import { engineText, loadText, modelName } from '../head-facts.js';
import { count, mib, moment } from '../number.js';
import type { Language } from '../report-input.js';
import type { Text } from '../text/index.js';
import { nameIn } from '../words.js';

/** The scenario's question; empty where it has none, and in older files. */
export function questionOf({ question }: ComparisonRecord, language: Language): string {
  return question?.[language] ?? '';
}

/** Names and values in the order of reading. What differs between arms is told of each kind once. */
export function subjectFacts(record: ComparisonRecord, text: Text): [string, string][] {
  const { arms, machine, startedAt } = record;
  const { head } = text;
  const subjects = arms.flatMap(({ subject }) => subject ?? []);
  const told = (name: string, of: (subject: (typeof subjects)[number]) => string | null): [string, string][] => {
    const all = [...new Set(subjects.flatMap((subject) => of(subject) ?? []))];
    return all.length === 0 ? [] : [[name, all.join(text.drill.separator)]];
  };
  const requests = ({ load }: (typeof subjects)[number]): boolean => load.job === undefined && load.conformance === undefined;
  return [
    ...told(head.server, ({ server }) => (server.kind === 'none' ? null : nameIn(head.serverKind, server.kind))),
    ...told(head.model, ({ server }) => (server.kind === 'none' ? null : server.simulated ? text.compare.simulated.model : modelName(server, text))),
    [head.machine, head.machineText(machine.cpu, count(machine.cores), mib(machine.memoryMiB))],
    ...told(head.load, ({ load }) => loadText({ plan: { load } }, text)),
    ...told(head.engine, (subject) => (requests(subject) ? engineText(subject, text) : null)),
    ...told(head.seed, ({ seed }) => String(seed)),
    [head.started, moment(startedAt)],
  ];
}

/** Said before anything else where no device, or no server at all, was measured; empty where all arms are real. */
export function simulatedPrefix({ arms }: ComparisonRecord, text: Text): string {
  const { simulated, quoted } = text.compare;
  const subjects = arms.flatMap(({ name, subject }) => (subject === undefined ? [] : [{ name, ...subject.server }]));
  const device = subjects.filter((subject) => subject.simulated);
  if (device.length > 0) return device.length === subjects.length ? simulated.device : simulated.some(device.map(({ name }) => quoted(name)).join(text.enumeration));
  return subjects.length > 0 && subjects.every(({ kind }) => kind === 'simulated') ? simulated.queue : '';
}
