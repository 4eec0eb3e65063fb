/** The page that shows a run while it goes on. Whole in itself; its policy lets in its own style and script, and its own address for data. */
import { chartSize } from '../html/chart/theme.js';
import { escapeJson, html, trusted } from '../html/escape.js';
import { sha256Base64 } from '../html/sha256.js';
import { styleSheet } from '../html/style.js';
import type { Language } from '../report-input.js';
import { liveScript } from './script.js';
import { liveWords } from './words.js';

export interface LivePage {
  html: string;
  /** For the header, where frames can be forbidden too. */
  policy: string;
}

const ownStyle = `${styleSheet}#line{font:15px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;min-height:1.5em;white-space:pre-line}#notes{padding-left:20px}figure svg[hidden],figure[hidden]{display:none}figure:has(svg[hidden]){align-self:start}.top{display:flex;flex-wrap:wrap;gap:4px 18px;align-items:baseline;justify-content:space-between}`;

/** `scenario`: its name, from outside. */
export function renderLivePage(scenario: string, language: Language): LivePage {
  const words = liveWords[language];
  const { seconds, nothing, figures } = words;
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${sha256Base64(ownStyle)}'; script-src 'sha256-${sha256Base64(liveScript)}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  const other: Language = language === 'en' ? 'zh-CN' : 'en';
  const page = html`<!DOCTYPE html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>${words.title(scenario)}</title><link rel="icon" href="data:,"><style>${trusted(ownStyle)}</style></head>
<body><header><div class="top"><h1>${words.title(scenario)}</h1><a href="?lang=${other}" lang="${other}" hreflang="${other}">${words.other}</a></div><p class="question" id="state" role="status">${words.waiting}</p></header>
<main><p id="line"></p><div class="figures">${figures.map(({ id, title, optional }) => html`<figure id="figure-${id}"${trusted(optional === true ? ' hidden' : '')}><h3>${title}</h3><svg viewBox="0 0 ${String(chartSize.width)} ${String(chartSize.height)}" role="img" aria-label="${title}" hidden></svg><p class="note">${nothing}</p></figure>`)}</div>
<section id="notes-box" hidden><h2>${words.notes}</h2><ul id="notes"></ul></section></main>
<footer><p>${words.note}</p></footer>
<script type="application/json" id="words">${trusted(escapeJson({ seconds, nothing, figures, waiting: words.waiting, going: words.going, ended: words.ended, gone: words.gone }))}</script><script>${trusted(liveScript)}</script></body></html>
`.markup;
  return { html: page, policy };
}
