/** The bodies file in memory: the lines stay in one buffer, as they were read. */
export interface Bodies {
  count: number;
  /** The bytes to send; `b64:` lines are decoded. */
  at(index: number): Buffer;
}

const marker = Buffer.from('b64:');

/** Splits the file's bytes at its newlines. */
export function splitBodies(file: Buffer): Bodies {
  const ends: number[] = [];
  for (let at = file.indexOf(0x0a); at >= 0; at = file.indexOf(0x0a, at + 1)) ends.push(at);
  if (file.length > 0 && file[file.length - 1] !== 0x0a) ends.push(file.length);
  return {
    count: ends.length,
    at: (index) => {
      const line = file.subarray(index === 0 ? 0 : (ends[index - 1] as number) + 1, ends[index]);
      return line.subarray(0, marker.length).equals(marker) ? Buffer.from(line.toString('latin1', marker.length), 'base64') : line;
    },
  };
}
