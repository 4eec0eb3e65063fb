/** Control and format characters, byte-order marks, variation selectors, and the filler letters of Hangul, which look like nothing. */
const invisible = /[\p{Cc}\p{Cf}\uFE00-\uFE0F\u115F\u1160\u3164\uFFA0]+/gu;

/** Drops what nobody sees. Blanks stay, but for tabs and line breaks: these are control characters. */
export const dropInvisible = (text: string): string => text.replace(invisible, '');
