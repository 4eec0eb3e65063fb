/** The report as one HTML file: no request leaves it, nothing in it needs a script. */
import { tellsCapacity } from '../capacity-figure.js';
import type { Language, ReportInput } from '../report-input.js';
import { isConformance } from '../conformance-figure.js';
import { isJob } from '../job-figure.js';
import { stagePairs } from '../stage-figure.js';
import { textOf, type Text } from '../text/index.js';
import { verdictSentence } from '../verdict-sentence.js';
import { renderAnswers } from './answers-section.js';
import { renderAppendix } from './appendix-section.js';
import { calculatorScript } from './calculator-script.js';
import { renderCapacity } from './capacity-section.js';
import { renderConformance } from './conformance-section.js';
import { openDrawer } from './chart/draw.js';
import { renderDocument } from './document.js';
import { html, type Markup } from './escape.js';
import { figureId, missingFigure, renderFigure } from './figure.js';
import { renderFindings } from './findings-section.js';
import { renderFacts, renderHeader, type Sections } from './header.js';
import { renderHealth } from './health-section.js';
import { jobFigures, renderJob } from './job-section.js';
import { loadFigures } from './load-figures.js';
import { lotFigures, lotSections, renderLots } from './offline-section.js';
import { scoreFigure } from './score-figure.js';
import { renderSearch, searchFigure } from './search-section.js';
import { recoveryFigures, renderShapes, shapeSections } from './shapes-section.js';
import { renderStages } from './stages-section.js';
import type { FigureOrWhy } from './time-drawing.js';
import { timeFigures } from './time-figures.js';
import { renderBanner, renderOutcome, renderVerdict } from './verdict-section.js';

async function renderFigures(figures: readonly FigureOrWhy[], text: Text): Promise<Markup[]> {
  const draw = await openDrawer();
  const drawn: Markup[] = [];
  // One after the other: the ids inside the pictures are counted in the order of drawing.
  for (const figure of figures) drawn.push('why' in figure ? missingFigure(figure) : await renderFigure(figure, draw, text));
  return drawn;
}

/** The whole page in one language. `result` is what result.json holds. */
export async function renderPage(input: ReportInput, language: Language, result: unknown): Promise<string> {
  const text = textOf(language);
  const measured = stagePairs(input.record, input.analysis, text).length > 0;
  const job = isJob(input.record);
  const suite = isConformance(input.record);
  const loaded = !measured ? [] : job ? [...jobFigures(input, text), ...timeFigures(input, text)] : [...timeFigures(input, text), ...loadFigures(input, text)];
  const scores = scoreFigure(input, text);
  const search = searchFigure(input, text);
  const spikes = recoveryFigures(input, text);
  const lots = lotFigures(input, text);
  const before = spikes.length + lots.length;
  const figures = [...spikes, ...lots, ...loaded, ...[scores, search].filter((figure) => figure !== null)];
  const drawn = await renderFigures(figures, text);
  const drawnOf = (figure: FigureOrWhy | null): Markup | null => (figure === null ? null : (drawn[figures.indexOf(figure)] ?? null));
  const anchors = new Set(figures.map((figure) => figureId(figure)));
  const sentence = verdictSentence(input.verdict, input.record, language);
  const sections: Sections = [
    ['gates', text.section.gates], ...(suite ? [] : [['findings', text.section.findings] as const]), ...(search === null ? [] : [['search', text.search.title] as const]), ...(tellsCapacity(input) ? [['capacity', text.capacity.title] as const] : []), suite ? ['conformance', text.conformance.title] : job ? ['job', text.job.title] : ['stages', text.section.stages], ...lotSections(input, text), ...shapeSections(input, text), ...(measured ? [['evidence', text.section.evidence] as const] : []), ...(job || suite ? [] : [['answers', text.section.answers] as const]), ...(measured && !job ? [['health', text.section.health] as const] : []), ['appendix', text.section.appendix],
  ];
  const body = html`${renderHeader(input, text, language)}
<main>${renderBanner(input, sentence, text)}${renderOutcome(input, text)}${renderFacts(input, text, sections)}
${renderVerdict(input, text)}
${suite ? null : renderFindings(input, text, new Set([...anchors, ...sections.map(([id]) => id)]))}${renderSearch(drawnOf(search), text)}${renderCapacity(input, text, anchors)}
${suite ? renderConformance(input, text) : job ? renderJob(input, text) : renderStages(input, text)}
${renderLots(input, drawn.slice(spikes.length, before), text)}${renderShapes(input, drawn.slice(0, spikes.length), text)}
${measured ? html`<section id="evidence"><h2>${text.section.evidence}</h2><div class="figures">${drawn.slice(before, before + loaded.length)}</div></section>` : null}
${job || suite ? null : html`${renderAnswers(input, drawnOf(scores), text)}
${renderHealth(input, text)}`}
${renderAppendix(input, result, text)}</main>
<footer>${text.brand} ${input.record.environment.harness.version} · ${input.record.id}</footer>`;
  return renderDocument(language, text.pageTitle(input.record.plan.name, text.verdictWord[input.verdict.status]), body, tellsCapacity(input) ? calculatorScript : '');
}
