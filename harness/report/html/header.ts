/** Part 1: what was tested, on what, with what. */
import { headFacts } from '../head-facts.js';
import type { Language, ReportInput } from '../report-input.js';
import type { Text } from '../text/index.js';
import { html, type Markup } from './escape.js';
import { facts } from './table.js';

/** Sections the page has, in order, for the contents. */
export type Sections = readonly (readonly [string, string])[];

/** Name and question of the scenario. */
export function renderHeader({ record }: ReportInput, text: Text, language: Language): Markup {
  return html`<header><p class="brand">${text.brand} · ${record.id}</p><h1>${record.plan.name}</h1><p class="question">${record.plan.question[language]}</p></header>`;
}

/** The contents, and who was measured with what. */
export function renderFacts({ record }: ReportInput, text: Text, sections: Sections): Markup {
  return html`<nav aria-label="${text.contents}">${sections.map(([id, name]) => html`<a href="#${id}">${name}</a>`)}</nav>${facts(headFacts(record, text))}`;
}
