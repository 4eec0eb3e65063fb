/** A stretch of text that both sides have, or only this one. */
export interface Stretch {
  text: string;
  shared: boolean;
}

/** Longest common subsequence of characters (Wagner–Fischer): both texts as stretches, shared and own. For short texts: time grows with the product. */
export function compareTexts(a: string, b: string): { a: Stretch[]; b: Stretch[] } {
  const left = [...a];
  const right = [...b];
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        left[i] === right[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const stretches = { a: [] as Stretch[], b: [] as Stretch[] };
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      extend(stretches.a, left[i] ?? '', true);
      extend(stretches.b, right[j] ?? '', true);
      i += 1;
      j += 1;
    } else if (j >= right.length || (i < left.length && (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))) {
      extend(stretches.a, left[i] ?? '', false);
      i += 1;
    } else {
      extend(stretches.b, right[j] ?? '', false);
      j += 1;
    }
  }
  return stretches;
}

function extend(stretches: Stretch[], character: string, shared: boolean): void {
  const last = stretches.at(-1);
  if (last?.shared === shared) last.text += character;
  else stretches.push({ text: character, shared });
}
