/** What the load engine bears on this machine, in words and as a table, for every output. */
import type { CalibrationRung } from '../model/calibration.js';
import { count, ms, plain, rps, seconds } from './number.js';
import type { ReportInput } from './report-input.js';
import type { Text } from './text/index.js';

const hourS = 3600;

/** One paragraph; null where the record holds no calibration (a simulated engine, an older record). */
export function calibrationSentence({ record, analysis }: ReportInput, text: Text): string | null {
  const c = text.calibration;
  const { calibration } = record;
  if (calibration === undefined) return null;
  const found = analysis.calibration ?? null;
  if (calibration.status === 'absent' || found === null) return c.absent(calibration.status === 'absent' ? calibration.why : text.notMeasured);
  const { figures, from, ageS } = calibration;
  const { bearsRps, soundRps, atLeast, error } = found;
  const lowest = figures.rungs[0];
  const sound = soundRps === bearsRps ? [] : [soundRps === null ? c.noneSound : c.sound(rps(soundRps))];
  const bears = bearsRps === null ? [c.bearsNone(rps(lowest?.rateRps), ms(lowest?.lagMs?.p99))] : [atLeast ? c.bearsAtLeast(rps(bearsRps)) : c.bears(rps(bearsRps)), ...sound];
  const parts = [...(error === null ? [] : [c.error(ms(error.p50), ms(error.p95), rps(error.rateRps))]), ...bears];
  const age = ageS < 2 * hourS ? seconds(ageS) : `${plain(ageS / hourS)} h`;
  return [`${c.against(`${figures.engine.name} ${figures.engine.version}`, ms(figures.server.ms))}${text.sentenceSpace}${parts.join(text.listSeparator)}${text.stop}`, from === 'measured' ? c.measured : c.kept(age), c.shares].join(text.sentenceSpace);
}

/** Head and rows of the ladder; null where there is none. */
export function calibrationTable({ record: { calibration } }: ReportInput, text: Text): { head: string[]; rows: string[][] } | null {
  if (calibration?.status !== 'done') return null;
  const c = text.calibration;
  const two = (pair: CalibrationRung['clientMs']): string => (pair === null ? plain(null) : `${plain(pair.p50)} / ${plain(pair.p95)}`);
  return {
    head: [c.rate, c.requests, c.lag, c.told, c.took],
    rows: calibration.figures.rungs.map(({ rateRps, due, ended, lagMs, clientMs, serverMs }) => [plain(rateRps), `${count(ended)} / ${count(due)}`, lagMs === null ? plain(null) : `${plain(lagMs.p50)} / ${plain(lagMs.p99)}`, two(clientMs), two(serverMs)]),
  };
}
