const digits: Readonly<Record<string, number>> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const scales: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** What is counted in an address: a numeral in front of one of these is a number, elsewhere (三里屯, 五一路) it is a name. */
const counted = '号|楼|栋|幢|座|单元|层|室|房|户|门|弄|巷|组|队|期|区|段|排|米|公里';
const numeral = new RegExp(`[零〇一二两三四五六七八九十百千]+(?=${counted})`, 'g');

/** 88 for 八十八, 208 for 二〇八 and 二百零八; null for what is no number (千, 十百). */
export const parseChineseNumeral = (text: string): number | null => {
  const characters = Array.from(text);
  if (characters.every((character) => character in digits)) return Number(characters.map((character) => digits[character]).join(''));
  let sum = 0;
  let digit: number | null = null;
  let lastScale = Infinity;
  for (const character of characters) {
    const scale = scales[character];
    if (scale === undefined) {
      const value = digits[character];
      if (value === undefined) return null;
      // 零 only holds a place: 一百零二.
      if (value === 0) continue;
      if (digit !== null) return null;
      digit = value;
    } else {
      // 十 may stand without a digit in front, 百 and 千 may not.
      if (scale >= lastScale || (digit === null && (scale > 10 || sum > 0))) return null;
      sum += (digit ?? 1) * scale;
      digit = null;
      lastScale = scale;
    }
  }
  return sum + (digit ?? 0);
};

/** 八十八号 becomes 88号; numerals that count nothing stay as they are. */
export const writeNumeralsAsDigits = (text: string): string => text.replace(numeral, (found) => parseChineseNumeral(found)?.toString() ?? found);
