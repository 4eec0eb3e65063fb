import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortenText, shortenTexts, textWidthPx } from '../../../harness/report/html/text-width.js';

test('what fits is left alone; what does not is cut to the width, with an ellipsis', () => {
  assert.equal(shortenText('none', 12, 100), 'none');
  for (const text of ['W'.repeat(80), '长'.repeat(80), 'iiii'.repeat(40)]) {
    const cut = shortenText(text, 12, 100);
    assert.ok(cut.endsWith('…') && textWidthPx(cut, 12) <= 100, cut);
    assert.ok(textWidthPx(cut, 12) > 80, `${cut} wastes room`);
  }
});

test('names that differ stay different when they are cut', () => {
  const cut = shortenTexts([`${'a'.repeat(60)}1`, `${'a'.repeat(60)}2`, `${'a'.repeat(60)}3`], 12, 100);
  assert.equal(new Set(cut).size, 3);
  for (const one of cut) assert.ok(textWidthPx(one, 12) <= 101, one);
});
