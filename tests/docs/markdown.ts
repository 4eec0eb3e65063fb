/** The parts of a Markdown page that tests look at: fenced code, inline code, links, headings, tables. */

export interface Fence {
  /** What follows the three backticks: `sh`, `yaml`, `yaml mistakes`, … */
  info: string;
  text: string;
}

const fencePattern = /^```([^\n]*)\n([\s\S]*?)^```$/gm;

export function fencesOf(page: string): Fence[] {
  return [...page.matchAll(fencePattern)].map(([, info = '', text = '']) => ({ info, text }));
}

/** The page without its fenced blocks. */
export function proseOf(page: string): string {
  return page.replace(fencePattern, '');
}

export function inlineCodeOf(page: string): string[] {
  return [...proseOf(page).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code.replaceAll('\\|', '|'));
}

/** The commands of the ```sh blocks, one a line. */
export function commandsOf(page: string): string[] {
  return fencesOf(page).filter(({ info }) => info === 'sh').flatMap(({ text }) => text.split('\n')).filter((line) => line !== '');
}

/** Targets of links and pictures, code left out. */
export function linksOf(page: string): string[] {
  return [...proseOf(page).replace(/`[^`\n]+`/g, 'code').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** The anchors GitHub gives to headings. */
export function anchorsOf(page: string): string[] {
  return [...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => title.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
}

/** Cells of all table rows, headings and rules included. */
export function rowsOf(page: string): string[][] {
  return proseOf(page).split('\n').filter((line) => /^\|.*\|$/.test(line)).map((line) => line.slice(1, -1).split(/(?<!\\)\|/).map((cell) => cell.trim()));
}
