const lineEnd = 0x0a;

/** The moments of a schedule file, one a line: from its bytes, for as one text with millions of lines it would take gigabytes. */
export function readSchedule(bytes: Buffer): Float64Array {
  let lines = 0;
  for (let at = bytes.indexOf(lineEnd); at >= 0; at = bytes.indexOf(lineEnd, at + 1)) lines += 1;
  const moments = new Float64Array(lines);
  for (let k = 0, from = 0; k < lines; k += 1) {
    const end = bytes.indexOf(lineEnd, from);
    moments[k] = Number(bytes.toString('latin1', from, end));
    from = end + 1;
  }
  return moments;
}
