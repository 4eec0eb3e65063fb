/**
 * A strict reader of OpenMetrics text 1.0, for tests: what the specification says MUST be so of gauges, infos and state sets, and nothing else is let
 * through. Throws with the line.
 */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

export interface Family {
  name: string;
  type: string;
  unit: string;
  help: string;
  samples: Sample[];
}

const nameShape = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const sampleShape = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"(?:,(?!\}))?)*)\})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/;

function labelsOf(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/g)) {
    if (name in labels) throw new Error(`label ${name} twice`);
    labels[name] = value.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
  }
  return labels;
}

function check(family: Family): void {
  const { name, type, unit, samples } = family;
  if (!['gauge', 'info', 'stateset'].includes(type)) throw new Error(`type ${type}`);
  if (unit !== '' && !name.endsWith(`_${unit}`)) throw new Error(`${name} does not end with its unit ${unit}`);
  if (type !== 'gauge' && unit !== '') throw new Error(`${type} with a unit`);
  const suffix = type === 'info' ? '_info' : '';
  const seen = new Set<string>();
  for (const sample of samples) {
    if (sample.name !== name + suffix) throw new Error(`sample ${sample.name} of ${name}`);
    if (type === 'info' && sample.value !== 1) throw new Error('an info is 1');
    if (type === 'stateset' && (!(name in sample.labels) || (sample.value !== 0 && sample.value !== 1))) throw new Error(`state of ${name}`);
    const key = JSON.stringify(Object.entries(sample.labels).sort());
    if (seen.has(key)) throw new Error(`${sample.name}${key} twice`);
    seen.add(key);
  }
  if (samples.length === 0) throw new Error(`${name} has no sample`);
}

/** All families of a text, in their order. */
export function parseOpenMetrics(text: string): Family[] {
  if (!text.endsWith('\n# EOF\n') || text.indexOf('# EOF') !== text.length - 6) throw new Error('# EOF ends the text, once');
  const families: Family[] = [];
  for (const line of text.split('\n').slice(0, -2)) {
    const [, word = '', name = '', rest = ''] = /^# (TYPE|UNIT|HELP) (\S+) (.+)$/.exec(line) ?? [];
    const last = families.at(-1);
    if (word === 'TYPE') {
      if (!nameShape.test(name) || families.some((one) => one.name === name)) throw new Error(`family ${name}`);
      families.push({ name, type: rest, unit: '', help: '', samples: [] });
    } else if (word !== '') {
      if (last?.name !== name || last.samples.length > 0) throw new Error(`out of its place: ${line}`);
      if (word === 'UNIT') last.unit = rest;
      else last.help = rest;
    } else {
      const [, sample = '', labels = '', value = ''] = sampleShape.exec(line) ?? [];
      if (sample === '' || last === undefined) throw new Error(`not a sample: ${line}`);
      last.samples.push({ name: sample, labels: labelsOf(labels), value: Number(value) });
    }
  }
  families.forEach(check);
  return families;
}
