import type { Language } from '../report-input.js';
import { html, trusted, type Markup } from './escape.js';
import { sha256Base64 } from './sha256.js';
import { script, styleSheet } from './style.js';

/** A whole page around its body: the policy lets the page's own style and script in by their hashes, and nothing else. `more` is put behind the script that all pages have. */
export function renderDocument(language: Language, title: string, body: Markup, more = ''): string {
  const whole = script + more;
  const policy = `default-src 'none'; style-src 'sha256-${sha256Base64(styleSheet)}'; script-src 'sha256-${sha256Base64(whole)}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return html`<!DOCTYPE html>
<html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${trusted(policy)}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="generator" content="mgeo-bench"><title>${title}</title><style>${trusted(styleSheet)}</style></head>
<body>${body}
<script>${trusted(whole)}</script></body></html>
`.markup;
}
