/**
 * Width of a text as a browser would draw it, without a browser: advance widths of Helvetica/Arial (Adobe font metrics, 1/1000 em)
 * for ASCII, one em for East Asian wide characters. Vega's own guess without a canvas is 24–80 % too wide for Latin and 20 % too
 * narrow for Chinese, which shifts titles, legends and axes.
 * Latin counts 14 % wider than Arial: the sans-serif of many Linux systems (DejaVu Sans) is, and labels must not run into each other there.
 */
import stringWidth from 'string-width';

/** Advance widths of the characters 32..126. */
const ascii: readonly number[] = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
  1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
  333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

const widestSans = 1.14;

/** Width in px of `text` at `fontSize` px. */
export function textWidthPx(text: string, fontSize: number): number {
  let em = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    em += code >= 32 && code <= 126 ? ((ascii[code - 32] ?? 556) / 1000) * widestSans : stringWidth(character) === 2 ? 1 : 0.556 * widestSans;
  }
  return em * fontSize;
}

/**
 * Texts cut to a width, with an ellipsis; two that would be cut to the same get a number. Vega shortens what it draws, but leaves room for the whole: a long name
 * would push its chart out of the picture.
 */
export function shortenTexts(texts: readonly string[], fontSizePx: number, mostPx: number): string[] {
  const seen = new Map<string, number>();
  return texts.map((text) => {
    const cut = textWidthPx(text, fontSizePx) <= mostPx ? text : cutTo(text, fontSizePx, mostPx);
    const times = (seen.get(cut) ?? 0) + 1;
    seen.set(cut, times);
    return cut === text || times === 1 ? cut : `${cutTo(text, fontSizePx, mostPx - textWidthPx(` (${String(times)})`, fontSizePx))} (${String(times)})`;
  });
}

/** One text cut to a width. */
export function shortenText(text: string, fontSizePx: number, mostPx: number): string {
  return shortenTexts([text], fontSizePx, mostPx)[0] ?? text;
}

function cutTo(text: string, fontSizePx: number, mostPx: number): string {
  let [kept, width] = ['', textWidthPx('…', fontSizePx)];
  for (const character of text) {
    width += textWidthPx(character, fontSizePx);
    if (width > mostPx) break;
    kept += character;
  }
  return `${kept}…`;
}
