/**
 * What BERT's BasicTokenizer does to a text before WordPiece, after its published description: control and format characters (Unicode
 * category C) go, white space becomes a blank, Chinese characters and punctuation stand alone. Two texts with equal results have equal ids.
 */
export function basicTokens(text: string): string[] {
  let spaced = '';
  for (const character of text) {
    if (/[\t\n\r\p{Zs}]/u.test(character)) spaced += ' ';
    else if (/\p{C}|\ufffd/u.test(character)) continue;
    else if (/[\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2ebef}\uf900-\ufaff]|\p{P}|[$+<=>^`|~]/u.test(character)) spaced += ` ${character} `;
    else spaced += character;
  }
  return spaced.split(' ').filter((token) => token !== '');
}
