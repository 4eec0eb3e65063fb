/**
 * What a line that is no data means. nvidia-smi prints its failures on stdout, between the data.
 * `unreadable` is a line that looks like data but does not fit the header; `unknown` is anything else.
 */
export type MessageCode =
  | 'driver-mismatch' | 'no-driver' | 'no-library' | 'no-devices' | 'no-permission' | 'invalid-field' | 'handle-lost' | 'gpu-lost' | 'nvml-failed'
  | 'unreadable' | 'unknown';

export interface Message {
  code: MessageCode;
  /** The line, at most 500 characters. */
  text: string;
  /** The field that the driver does not know; null for other messages. */
  field: string | null;
}

const longestText = 500;

const patterns: readonly (readonly [MessageCode, RegExp])[] = [
  ['driver-mismatch', /driver\/library version mismatch/i],
  ['invalid-field', /is not a valid field to query/i],
  ['no-devices', /no devices were found|no devices found/i],
  ['gpu-lost', /gpu is lost|fallen off the bus/i],
  ['handle-lost', /unable to determine the device handle/i],
  ['no-library', /couldn't find libnvidia-ml|libnvidia-ml\.so.*not found/i],
  ['no-driver', /couldn't communicate with the nvidia driver|driver (?:is )?not loaded|nvidia-smi has failed/i],
  ['no-permission', /insufficient permissions|no permission/i],
  ['nvml-failed', /failed to initialize nvml/i],
];

/** Says what a line that is neither header nor row means. */
export function classifyMessage(line: string): Message {
  const text = line.trim().slice(0, longestText);
  const code = patterns.find(([, pattern]) => pattern.test(text))?.[0] ?? 'unknown';
  const field = code === 'invalid-field' ? /field "([^"]+)"/i.exec(text)?.[1] ?? null : null;
  return { code, text, field };
}
