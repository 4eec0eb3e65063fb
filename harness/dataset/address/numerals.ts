const digits = '零一二三四五六七八九';
const places = ['', '十', '百', '千'];

/** 128 → 一百二十八, 12 → 十二, 1008 → 一千零八. Integers 1 to 9999; RangeError otherwise. */
export function toChineseNumeral(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > 9999) throw new RangeError(`no numeral for ${value}`);
  const text = String(value);
  let words = '';
  let zeroPending = false;
  for (const [i, digit] of [...text].entries()) {
    if (digit === '0') {
      zeroPending = words !== '';
      continue;
    }
    if (zeroPending) words += '零';
    zeroPending = false;
    words += `${digits[Number(digit)] ?? ''}${places[text.length - 1 - i] ?? ''}`;
  }
  return words.replace(/^一十/, '十');
}

/** 301 → 三〇一: how doors are read out. */
export const toDigitwise = (text: string): string => text.replaceAll(/\d/g, (digit) => '〇一二三四五六七八九'[Number(digit)] ?? digit);

/** 128 → １２８ */
export function toFullWidth(text: string): string {
  let wide = '';
  let plainFrom = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x30 || unit > 0x39) continue;
    wide += text.slice(plainFrom, i) + String.fromCharCode(unit + 0xfee0);
    plainFrom = i + 1;
  }
  return plainFrom === 0 ? text : wide + text.slice(plainFrom);
}
