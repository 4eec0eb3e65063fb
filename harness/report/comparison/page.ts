/** Several runs beside each other, as one HTML file: no request leaves it, nothing in it needs a script. */
import type { ArmComparison, ComparisonRecord, ComparisonVerdict } from '../../model/comparison.js';
import { openDrawer, type Draw } from '../html/chart/draw.js';
import { renderDocument } from '../html/document.js';
import { drillTables } from '../html/drill-tables.js';
import { html, prose, type Markup } from '../html/escape.js';
import { renderFigure } from '../html/figure.js';
import { facts, table } from '../html/table.js';
import { count, plain, percent } from '../number.js';
import type { Language } from '../report-input.js';
import { statusSymbol } from '../stage-figure.js';
import { textOf, type Text } from '../text/index.js';
import { answersCells, answersHead } from './arm-answers.js';
import { armFigures } from './arm-figures.js';
import { scalingCells, scalingHead } from './scaling.js';
import { checkCells, checkHead } from './check-cells.js';
import { limitCells, limitHead } from './limits.js';
import { questionOf, subjectFacts } from './subject.js';
import { validityCell } from './validity.js';
import { pairFigures, type ComparisonFigure } from './pair-figures.js';
import { designSentence, ratioCells, ratioHead, summaryCells, summaryHead } from './rows.js';
import { nameIn, reasonWords } from '../words.js';
import { comparisonSentence, drillSentences } from './sentence.js';

/** The whole page in one language. `different`: what the saved runs differ in although they were to be compared. */
export async function renderComparisonPage(record: ComparisonRecord, verdict: ComparisonVerdict, different: readonly string[], language: Language): Promise<string> {
  const text = textOf(language);
  const { compare } = text;
  const question = questionOf(record, language);
  const draw = await openDrawer();
  const compared: Markup[] = [];
  // One after the other: the ids inside the pictures are counted in the order of drawing.
  for (const [i, comparison] of record.comparisons.entries()) compared.push(await comparedSection(comparison, i, record, draw, text));
  const besideAll = ['beside', compare.figures.beside, await besideSection(record, draw, text)] as const;
  const { scaling } = record;
  // Of many arms the overview comes first, then one after the other.
  const many = compared.length > 1;
  // Anchor, name and section of all that this comparison has, in the order of reading.
  const all: (readonly [string, string, Markup | null])[] = [
    ['gates', compare.gates.title, gateTable(record, text)], ['limits', compare.limits.title, limitTable(record, text)], ['drills', text.drill.titles, drillSection(record, text)],
    scaling === undefined ? ['answers', text.armAnswers.title, askedSection(record, text)] : ['scaling', text.scaling.title, askedSection(record, text)],
    ...(many ? [besideAll] : []),
    ...compared.map((section, i) => [`ratios-${String(i + 1)}`, compare.against(record.comparisons[i]?.second ?? '', record.comparisons[i]?.first ?? ''), section] as const),
    ...(many ? [] : [besideAll]), ['arms', compare.section.arms, record.arms.length > 1 ? armTable(record, text) : null],
    ['repeats', compare.section.repeats, repeatTable(record, text)], ['rounds', compare.section.rounds, roundTable(record, text)],
  ];
  const parts = all.flatMap(([id, name, section]) => (section === null ? [] : [{ id, name, section }]));
  const body = html`<header><p class="brand">${text.brand} · ${record.id}</p><h1>${record.name}</h1>${question === '' ? null : html`<p class="question">${question}</p>`}</header>
<main><div class="verdict ${verdict.status}" id="verdict"><span class="symbol" aria-hidden="true">${statusSymbol[verdict.status]}</span><p class="word">${text.verdictWord[verdict.status]}</p><p class="sentence">${prose(comparisonSentence(record, verdict, language))}</p></div>
<nav aria-label="${text.contents}">${parts.map(({ id, name }) => html`<a href="#${id}">${name}</a>`)}</nav>${facts([...subjectFacts(record, text), ...(record.drills === undefined ? [[compare.section.design, designSentence(record, text)] as const] : []), ...(different.length === 0 ? [] : [[text.outcome.warnings, compare.differentMachines(different.map((fact) => nameIn(compare.facts, fact)).join(text.enumeration))] as const])])}
${parts.map(({ section }) => section)}</main>
<footer>${text.brand} ${record.version} · ${record.id}</footer>`;
  return renderDocument(language, compare.pageTitle(record.name, text.verdictWord[verdict.status]), body);
}

function gateTable({ checks = [] }: ComparisonRecord, text: Text): Markup | null {
  const { gates } = text.compare;
  if (checks.length === 0) return null;
  return html`<section id="gates"><h2>${gates.title}</h2>${table({ label: gates.title, head: checkHead(text), rows: checks.map((check) => checkCells(check, text)), words: [1, 2, 6], prose: [3, 7], stacks: true })}<p class="note">${gates.note}</p></section>`;
}

/** The gates of each arm, as its runs were judged. */
function limitTable(record: ComparisonRecord, text: Text): Markup | null {
  const { limits } = text.compare;
  const rows = limitCells(record, text);
  return rows.length === 0 ? null : html`<section id="limits"><h2>${limits.title}</h2>${table({ label: limits.title, head: limitHead(text), rows, words: [1, 2, 5], stacks: true })}<p class="note">${limits.note}</p></section>`;
}

function drillSection(record: ComparisonRecord, text: Text): Markup | null {
  const { drills } = record;
  if (drills === undefined) return null;
  return html`<section id="drills"><h2>${text.drill.titles}</h2>${drillSentences(record, text).map((sentence) => html`<p>${sentence}</p>`)}${drillTables(drills.map(({ arm, outage }) => ({ name: arm, outage })), text.drill.head.arm, text)}</section>`;
}

async function drawAll(figures: readonly ComparisonFigure[], draw: Draw, text: Text): Promise<Markup[]> {
  const drawn: Markup[] = [];
  // One after the other: the ids inside the pictures are counted in the order of drawing.
  for (const figure of figures) drawn.push(await renderFigure(figure, draw, text));
  return drawn;
}

/** What all arms did and how, in one place; null where there is one arm, or drills. */
async function besideSection(record: ComparisonRecord, draw: Draw, text: Text): Promise<Markup | null> {
  if (record.comparisons.length === 0) return null;
  const figures = await drawAll(armFigures(record, text), draw, text);
  const answers = answersTable(record, text);
  if (figures.length === 0 && answers === null) return null;
  return html`<section id="beside"><h2>${text.compare.figures.beside}</h2>${figures.length === 0 ? null : html`<div class="figures">${figures}</div>`}${answers}</section>`;
}

function answersTable({ summaries, comparisons }: ComparisonRecord, text: Text): Markup | null {
  const { compare, compare: { figures: { answers: words } } } = text;
  const [first] = summaries;
  if (first === undefined || (summaries.every(({ answers }) => answers === undefined) && comparisons.every(({ answers }) => answers === undefined))) return null;
  const rows = summaries.map(({ arm, answers }, i) => {
    const golden = comparisons.find(({ second }) => second === arm)?.answers;
    return [arm, answers === undefined ? plain(null) : words.of(count(answers.flips), count(answers.checked)), i === 0 ? words.itself : golden === undefined ? plain(null) : words.of(count(golden.flips), count(golden.asked)), plain(golden?.maxDelta)];
  });
  return html`<h3>${words.title}</h3>${table({ label: words.title, head: [compare.head.arm, words.underLoad, words.against(first.arm), words.delta], rows })}<p class="note">${words.note}</p>`;
}

/** What the comparison was to find out, where that is not which arm is better. */
function askedSection(record: ComparisonRecord, text: Text): Markup | null {
  const { scaling, design, arms } = record;
  if (scaling !== undefined) {
    const { title, note } = text.scaling;
    return html`<section id="scaling"><h2>${title}</h2>${table({ label: title, head: scalingHead(text), rows: scaling.map((step) => scalingCells(step, text)), words: [4] })}<p class="note">${note(percent(design.worth ?? 1))}</p></section>`;
  }
  if (design.by !== 'answers') return null;
  const { title, note } = text.armAnswers;
  return html`<section id="answers"><h2>${title}</h2>${table({ label: title, head: answersHead(text), rows: answersCells(record, text), words: [] })}<p class="note">${note(arms[0]?.name ?? '')}</p></section>`;
}

async function comparedSection(comparison: ArmComparison, index: number, record: ComparisonRecord, draw: Draw, text: Text): Promise<Markup> {
  const { compare } = text;
  const { first, second, rows } = comparison;
  const title = compare.against(second, first);
  const figures = await drawAll(pairFigures(comparison, index, record, text), draw, text);
  const cells = rows.map((row) => ratioCells(row, text));
  const notes = [compare.manyFigures, ...(rows.some((row) => row.otherThroughput) ? [compare.otherThroughputNote] : [])];
  return html`<section id="ratios-${String(index + 1)}"><h2>${title}</h2><div class="figures">${figures}</div>${table({ label: title, head: ratioHead(comparison, text), rows: cells, words: [1, 8], stacks: true })}<p class="note">${notes.join(text.sentenceSpace)}</p></section>`;
}

function armTable({ arms }: ComparisonRecord, text: Text): Markup | null {
  const { compare } = text;
  const all = [...new Set(arms.flatMap((arm) => Object.keys(arm.settings)))];
  // What all arms have alike tells nobody why they differ.
  const settings = all.filter((setting) => new Set(arms.map((arm) => arm.settings[setting])).size > 1);
  if (settings.length === 0) return null;
  return html`<section id="arms"><h2>${compare.section.arms}</h2>${table({ label: compare.section.arms, head: [compare.head.arm, ...settings], rows: arms.map((arm) => [arm.name, ...settings.map((setting) => arm.settings[setting] ?? '')]), words: settings.map((_, i) => i + 1) })}${settings.length < all.length ? html`<p class="note">${compare.figures.sameSettings}</p>` : null}</section>`;
}

/** Each arm by itself; null where no figure is told of any, as of drills. */
function repeatTable({ summaries }: ComparisonRecord, text: Text): Markup | null {
  const rows = summaries.flatMap((summary) => summaryCells(summary, text));
  const title = text.compare.section.repeats;
  return rows.length === 0 ? null : html`<section id="repeats"><h2>${title}</h2>${table({ label: title, head: summaryHead(text), rows, words: [1, 2] })}</section>`;
}

function roundTable({ rounds, design }: ComparisonRecord, text: Text): Markup {
  const { compare } = text;
  const { head } = compare;
  const link = (folder: string): Markup | string => (design.order === 'saved' ? folder : html`<a href="${folder}/${text.compare.reportFile}">${folder}</a>`);
  return html`<section id="rounds"><h2>${compare.section.rounds}</h2>${table({
    label: compare.section.rounds, head: [head.round, head.arm, head.pair, head.outcome, compare.validity, head.report],
    rows: rounds.map((round, i) => [count(i + 1), round.arm, count(round.pair + 1), round.why === null ? `${statusSymbol[round.verdict as keyof typeof statusSymbol]} ${text.status[round.verdict as 'pass']}` : reasonWords(text, round.why, ''), validityCell(round, text) || plain(null), link(round.folder)]),
    words: [1, 3, 4, 5],
  })}</section>`;
}
