/** Whether more of the same pay: sentences and cells, the same for page, Markdown and terminal. */
import type { ComparisonRecord, ScalingStep } from '../../model/comparison.js';
import { percent, plain, ratioFigure } from '../number.js';
import { interval, ratioInterval } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { causeText, coresText } from './cause.js';
import { answersText, memoryText } from './winner.js';

const times = (ratio: ScalingStep['speedUp']): string => (ratio === null ? plain(null) : `${ratioFigure(ratio.value)} ${ratioInterval(ratio)}`.trimEnd());
const shareText = (ratio: ScalingStep['speedUp']): string => (ratio === null ? plain(null) : `${percent(ratio.value)} ${interval(ratio.low, ratio.high, percent)}`.trimEnd());

/** Every step's speed-up and efficiency, whether the last one that was worth it was the last; then memory, answers and why of the largest. */
export function scalingSentences(record: ComparisonRecord, text: Text): string[] {
  const { scaling = [], arms, comparisons, design } = record;
  const [first] = arms;
  const last = scaling.at(-1);
  if (first === undefined || last === undefined) return [];
  const t = text.scaling;
  const largest = comparisons.find(({ second }) => second === last.arm);
  const at = scaling.findIndex(({ word }) => word !== 'worth');
  // An open step is neither: nothing is to be explained.
  const cores = scaling[at]?.word === 'open' ? null : coresText(record, at < 0 ? null : (scaling[at - 1]?.arm ?? first.name), last.arm, text);
  return [
    ...scaling.map(({ arm, speedUp, efficiency }) => (speedUp === null ? t.unmeasured(arm) : t.step(arm, first.name, times(speedUp), shareText(efficiency)))),
    worthSentence(scaling, first.name, percent(design.worth ?? 1), text),
    ...[cores, memoryText(largest, text), answersText(record, last, largest, text), causeText(record, last.arm, first.name, false, text)].flatMap((sentence) => sentence ?? []),
  ];
}

/** Of the first step that was not shown to be worth it. */
function worthSentence(scaling: readonly ScalingStep[], first: string, worth: string, text: Text): string {
  const t = text.scaling;
  const at = scaling.findIndex(({ word }) => word !== 'worth');
  const step = scaling[at];
  if (step === undefined) return t.worth(scaling.at(-1)?.arm ?? first);
  const before = scaling[at - 1]?.arm ?? first;
  if (step.added === null || step.added.low === null) return t.openBare(before, step.arm);
  return (step.word === 'not-worth' ? t.notWorth : t.open)(before, step.arm, shareText(step.added), worth);
}

/** Names of the columns of `scalingCells`. */
export function scalingHead({ scaling: { head } }: Text): string[] {
  return [head.arm, head.speedUp, head.efficiency, head.added, head.worth];
}

/** One step. */
export function scalingCells({ arm, speedUp, efficiency, added, word }: ScalingStep, text: Text): string[] {
  return [arm, times(speedUp), shareText(efficiency), shareText(added), text.scaling.word[word]];
}
