/** Longest line and longest record, UTF-16 units: a file without line breaks must not fill the memory. */
export const longestRecord = 1 << 16;

/** Cuts text into lines. Lines count from 1; `\r` before the `\n` stays, for it may belong into a quoted cell. */
export interface LineCutter {
  push(text: string): void;
  /** The last line has no line break, perhaps. */
  end(): void;
}

/** Hands each line to `take` without its line break, the first without a byte order mark; of one longer than `longest` UTF-16 units only its number, to `tooLong`. */
export function createLineCutter(take: (text: string, line: number) => void, tooLong: (line: number) => void, longest = longestRecord): LineCutter {
  let rest = '';
  let line = 1;
  let dropping = false;
  const finish = (text: string): void => {
    if (dropping || text.length > longest) tooLong(line);
    else take(line === 1 && text.startsWith('\ufeff') ? text.slice(1) : text, line);
    dropping = false;
    line += 1;
  };
  return {
    push(text) {
      let from = 0;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
        finish(rest + text.slice(from, end));
        rest = '';
        from = end + 1;
      }
      if (!dropping) rest += text.slice(from);
      if (rest.length <= longest) return;
      dropping = true;
      rest = '';
    },
    end() {
      if (rest !== '' || dropping) finish(rest);
      rest = '';
    },
  };
}

/** Whether a line, or a cell, holds nothing. */
export const isBlank = (text: string): boolean => text === '' || text === '\r' || text.trim() === '';
