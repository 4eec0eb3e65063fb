import { createDataset, loadLexicon, type Dataset } from '../dataset/index.js';
import type { Host } from '../host/index.js';
import { allClasses } from '../model/dataset.js';
import type { Plan } from '../model/plan.js';
import { foreknown } from '../preflight.js';
import { withoutSecrets } from '../record/index.js';
import { bodyBytes, encodeLine } from '../request/index.js';
import { stageName, type Language } from '../report/index.js';
import { describePlan, describeSeries, estimatePlan, labelled, planText, usualAssumptions, type Assumptions, type LoadedPlan } from '../scenario/index.js';
import type { Io } from './io.js';
import { readOwnPairs } from './own-pairs.js';
import { planOf, type ScenarioFlags } from './flags.js';
import { printedIn } from './language.js';
import { inLanguage } from './text/sentence.js';

/** `plan`: what would be run. Starts nothing; a file of the user's own pairs is read and checked as `run` would. */
export async function plan(scenario: string, flags: ScenarioFlags & { json?: boolean }, host: Host, signal: AbortSignal, io: Io): Promise<number> {
  const { plan: made, arms, design, moments, fromEnvironment } = planOf(scenario, flags, host);
  const assumed = { ...usualAssumptions(made), ...(made.load.job === undefined && made.load.conformance === undefined ? await weighPairs(made, host, signal, io) : {}) };
  const series = design === null ? null : { arms: arms.map(({ name, settings, plan: own }) => ({ name, settings, planHash: own.hash })), ...design };
  const { tooFew, calibration: known } = await foreknown(made, moments?.momentsMs, host, signal);
  // As its record would have it: what is printed here ends in logs of CI.
  const shown = withoutSecrets(made, fromEnvironment);
  if (flags.json) io.out(`${JSON.stringify({ plan: shown, estimate: estimatePlan(made, assumed), ...(series === null ? {} : { series }), tooFew, calibration: known === null ? null : { ageS: known.ageS, ...known.figures, complaint: known.complaint } }, null, 2)}\n`);
  else io.out(`${linesOf({ made: shown, assumed, arms, design, tooFew, says: known?.says ?? null }, printedIn(io)).join('\n')}\n`);
  return 0;
}

/** What a person reads before saying yes. */
function linesOf({ made, assumed, arms, design, tooFew, says }: Pick<LoadedPlan, 'arms' | 'design'> & { made: Plan; assumed: Assumptions; tooFew: readonly string[]; says: string | null }, language: Language): string[] {
  const { label } = planText(language);
  return [
    describePlan(made, assumed, { language, stageName: (stage) => (language === 'en' ? stage.name : stageName(stage, language)) }),
    ...tooFew.map((text) => labelled(label.warning, inLanguage(text, language))),
    ...(says === null ? [] : [labelled(label.machine, inLanguage(says, language))]),
    ...(design === null ? [] : ['', describeSeries(arms, design, assumed, language)]),
  ];
}

/** Pairs that are written and weighed to know how large a body is. */
const weighed = 2000;

/** What the pairs themselves tell: how large a body is and, of a file of the user's own, how many there are of each class. */
async function weighPairs(plan: Plan, host: Host, signal: AbortSignal, io: Io): Promise<Partial<Assumptions>> {
  const { own } = plan.dataset;
  if (own === undefined) {
    const lexicon = loadLexicon(host.files, host.files.packageRoot);
    return { bodyBytes: meanBodyBytes(plan, createDataset(plan.dataset, lexicon, { ...plan.request.keys, body: plan.request.body })) };
  }
  const pairs = await readOwnPairs(own, plan.seed, host, signal, io);
  const byClass = Object.fromEntries(allClasses.map((name) => [name, 0]));
  for (let index = 0; index < pairs.count; index += 1) byClass[pairs.classOf(index)] = (byClass[pairs.classOf(index)] ?? 0) + 1;
  const bytes = meanBodyBytes(plan, pairs);
  pairs.close();
  return { bodyBytes: bytes, own: { count: pairs.count, byClass } };
}

/** Mean over pairs spread evenly, bytes. */
function meanBodyBytes(plan: Plan, pairs: Dataset): number {
  const count = Math.min(weighed, pairs.count);
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += bodyBytes(encodeLine(plan.request, pairs.pair(Math.floor((i * pairs.count) / count))));
  return sum / count;
}
