/** What a dataset is like, as one HTML file: no request leaves it, nothing in it needs a script. */
import type { DatasetFigures } from '../../model/dataset-figures.js';
import { openDrawer } from '../html/chart/draw.js';
import { renderDocument } from '../html/document.js';
import { html, type Markup } from '../html/escape.js';
import { renderFigure, type Figure } from '../html/figure.js';
import { facts, table } from '../html/table.js';
import { count, dash, percent, plain } from '../number.js';
import type { Language } from '../report-input.js';
import { textOf, type Text } from '../text/index.js';
import { nameIn } from '../words.js';
import { classFigure, familyFigure, lengthFigure, operatorFigure, overlapFigure, type DatasetChart } from './stats-figures.js';
import { lengthText, pairsSeen, seedText } from './stats-text.js';

interface Section {
  id: keyof Text['dataset']['section'];
  content: Markup;
}

/** The whole page in one language. `name` is what the dataset was asked for by. */
export async function renderDatasetPage(figures: DatasetFigures, name: string, version: string, language: Language): Promise<string> {
  const text = textOf(language);
  const words = text.dataset;
  const note = (sentence: string): Markup => html`<p class="note">${sentence}</p>`;
  const drawer = await openDrawer();
  const draw = (figure: Figure<DatasetChart>): Promise<Markup> => renderFigure(figure, drawer, text);
  // One after the other: the ids inside the pictures are counted in the order of drawing.
  const withTexts = figures.addresses > 0;
  const sections: Section[] = [{
    id: 'classes',
    content: html`${classTable(figures, text)}${withTexts ? note(words.overlapNote) : null}<div class="figures">${await draw(classFigure(figures, text))}${withTexts ? await draw(overlapFigure(figures, text)) : null}</div>`,
  }];
  if (withTexts) {
    sections.push({ id: 'texts', content: html`${note(words.tokensNote)}<div class="figures">${await draw(lengthFigure(figures, 'characters', text))}${await draw(lengthFigure(figures, 'tokens', text))}</div>` });
  }
  if (figures.operators.length > 0) {
    sections.push({ id: 'operators', content: html`${note(words.operatorsNote)}<div class="figures">${await draw(operatorFigure(figures, text))}${await draw(familyFigure(figures, text))}</div>` });
  }
  if (figures.kinds.length > 0) sections.push({ id: 'kinds', content: kindTable(figures, text) });
  const body = html`<header><p class="brand">${text.brand} · ${words.subject}</p><h1>${name}</h1><p class="question">${words.question(count(figures.pairs), seedText(figures))}</p></header>
<main><nav aria-label="${text.contents}">${sections.map(({ id }) => html`<a href="#${id}">${words.section[id]}</a>`)}</nav>${factList(figures, text)}
${note(figures.addresses === 0 ? words.noAddresses : words.seenBeforeNote)}
${sections.map(({ id, content }) => html`<section id="${id}"><h2>${words.section[id]}</h2>${content}</section>`)}</main>
<footer>${text.brand} ${version}</footer>`;
  return renderDocument(language, words.pageTitle(name), body);
}

function factList(figures: DatasetFigures, text: Text): Markup {
  const words = text.dataset;
  return facts([
    [words.pairs, count(figures.pairs)],
    ...(figures.seed === null ? [] : [[words.seed, String(figures.seed)] as [string, string]]),
    ...(figures.addresses === 0 ? [] : [
      [words.addresses, count(figures.addresses)],
      [words.perAddress(words.characters), lengthText(figures.characters, text)],
      [words.perAddress(words.tokens), lengthText(figures.tokens, text)],
      [words.seenBefore, percent(figures.seenShare)],
      [words.repeated, percent(figures.repeatShare)],
      [words.pairsSeenBefore, pairsSeen(figures, text)],
      ...(figures.profile === undefined ? [] : [[words.profile, figures.profile]]),
    ] as [string, string][]),
    ...(figures.certifiedLowShare === null ? [] : [[words.certified, percent(figures.certifiedLowShare)] as [string, string]]),
  ]);
}

function classTable({ classes, pairs }: DatasetFigures, text: Text): Markup {
  const words = text.dataset;
  return table({
    label: words.section.classes,
    head: [words.class, words.pairs, words.share, words.hard, `${words.characters} ${words.mean}`, words.p50, words.p90, words.max, `${words.tokens} ${words.mean}`, words.p50, words.p90, words.max, `${words.overlap} ${words.mean}`, words.median],
    rows: classes.map(({ name, pairs: n, hard, characters, tokens, overlap }) => [
      nameIn(text.codes.classes, name), count(n), percent(n / pairs), characters === null ? dash : percent(hard / n),
      plain(characters?.mean), plain(characters?.p50), plain(characters?.p90), plain(characters?.max), plain(tokens?.mean), plain(tokens?.p50), plain(tokens?.p90), plain(tokens?.max), plain(overlap?.mean), plain(overlap?.median),
    ]),
  });
}

function kindTable({ kinds, pairs }: DatasetFigures, text: Text): Markup {
  const words = text.dataset;
  return html`<details><summary>${text.chart.showTable(count(kinds.length))}</summary>${table({ label: words.section.kinds, head: [words.kind, words.pairs, words.share], rows: kinds.map(({ name, pairs: n }) => [html`<code>${name}</code>`, count(n), percent(n / pairs)]) })}</details>`;
}
