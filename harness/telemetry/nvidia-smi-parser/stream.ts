import { parseHeader, type Header } from './header.js';
import { classifyMessage, type Message } from './message.js';
import { parseRow, type Row } from './row.js';

/** A line longer than this is no line of nvidia-smi: it is thrown away, so that a program that never ends its line cannot fill the memory. */
const longestLine = 65_536;

export interface ParserEvents {
  /** One row. Rows of one tick come one after the other; which GPU it is says `row.uuid`, never its place. */
  onSample: (row: Row) => void;
  /** A line that is no data. */
  onMessage: (message: Message) => void;
  /** A header line: the first, and any later one (the columns after it are mapped by it). */
  onHeader?: (header: Header) => void;
}

export interface NvidiaSmiParser {
  /** Takes a piece of the output, cut anywhere, even inside a character. */
  push(chunk: Uint8Array | string): void;
  /** The output has ended. A last line without its end is never taken for data: its last number may be cut. */
  end(): void;
}

/** Reads the output of `nvidia-smi --query-… --format=csv[,nounits]`, one-off or looping, as it comes. The header line must not be suppressed. */
export function createNvidiaSmiParser(events: ParserEvents): NvidiaSmiParser {
  const decoder = new TextDecoder();
  let header: Header | null = null;
  let rest = '';
  let skipping = false;

  const takeLine = (line: string): void => {
    const text = line.trim();
    if (text === '') return;
    const found = parseHeader(text);
    if (found !== null) {
      header = found;
      events.onHeader?.(found);
      return;
    }
    const row = header === null || isSentence(text, header) ? null : parseRow(text, header);
    if (row !== null) events.onSample(row);
    else events.onMessage(explain(text, header));
  };

  return {
    push: (chunk) => {
      const lines = (rest + (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (!skipping) takeLine(line);
        skipping = false;
      }
      if (rest.length > longestLine) {
        if (!skipping) events.onMessage({ ...classifyMessage(rest), code: 'unreadable' });
        skipping = true;
        rest = '';
      }
    },
    end: () => {
      const text = skipping ? '' : rest.trim();
      rest = '';
      if (text !== '') events.onMessage(explain(text, header));
    },
  };
}

/** A listing of one column would take any sentence for a row. */
function isSentence(text: string, header: Header): boolean {
  return header.columns.length === 1 && !text.startsWith('[') && classifyMessage(text).code !== 'unknown';
}

function explain(text: string, header: Header | null): Message {
  const message = classifyMessage(text);
  return message.code === 'unknown' && header !== null && text.includes(',') ? { ...message, code: 'unreadable' } : message;
}
