/** Longest line that is handed on whole, characters: a program that never ends its line must not grow our memory. */
const longestLine = 65_536;

export interface LineSplitter {
  push: (chunk: Uint8Array) => void;
  /** Hands on what came after the last end of a line. */
  end: () => void;
}

/** Bytes to lines. A line that is too long comes in pieces, `more` being true for all but its last. */
export function createLineSplitter(onLine: (line: string, more: boolean) => void): LineSplitter {
  const decoder = new TextDecoder();
  let rest = '';
  const hand = (line: string): void => {
    let from = 0;
    for (; line.length - from > longestLine; from += longestLine) onLine(line.slice(from, from + longestLine), true);
    onLine(line.slice(from).replace(/\r$/, ''), false);
  };
  return {
    push: (chunk) => {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts) hand(part);
      while (rest.length > longestLine) {
        onLine(rest.slice(0, longestLine), true);
        rest = rest.slice(longestLine);
      }
    },
    end: () => {
      const last = rest + decoder.decode();
      rest = '';
      if (last !== '') hand(last);
    },
  };
}
