/** Names under which one field is known: what a person may ask for, and what older drivers call it -> the name in this package. */
const aliases: Readonly<Record<string, string>> = {
  'gpu_uuid': 'uuid',
  'gpu_name': 'name',
  'gpu_bus_id': 'pci.bus_id',
  'gpu_serial': 'serial',
  'clocks.sm': 'clocks.current.sm',
  'clocks.gr': 'clocks.current.graphics',
  'clocks.mem': 'clocks.current.memory',
  'clocks.video': 'clocks.current.video',
  'used_memory': 'used_gpu_memory',
};

/** Fields that hold words. A field that is in neither list is judged by its value. */
const textFields: ReadonlySet<string> = new Set([
  'timestamp', 'uuid', 'name', 'serial', 'pci.bus_id', 'pstate', 'driver_version', 'vbios_version', 'process_name', 'mig.mode.current',
  'mig.mode.pending', 'persistence_mode', 'accounting.mode', 'ecc.mode.current', 'ecc.mode.pending', 'compute_mode', 'display_active', 'display_mode',
]);

const numberFields: ReadonlySet<string> = new Set([
  'index', 'count', 'pid', 'used_gpu_memory', 'memory.total', 'memory.used', 'memory.free', 'memory.reserved', 'utilization.gpu', 'utilization.memory',
  'power.draw', 'power.draw.average', 'power.draw.instant', 'power.limit', 'temperature.gpu', 'temperature.memory', 'fan.speed', 'clocks.current.sm',
  'clocks.current.graphics', 'clocks.current.memory', 'clocks.current.video', 'clocks.max.sm', 'clocks_event_reasons.active',
  'clocks_event_reasons.supported', 'compute_cap',
]);

/** What a column holds: `number`, `text`, or `any` where only the value can tell. */
export type FieldKind = 'number' | 'text' | 'any';

/**
 * The one name of a field, whatever the driver or the asker calls it: lower case, `gpu_uuid` -> `uuid`, `clocks.sm` -> `clocks.current.sm`,
 * `clocks_throttle_reasons.*` (drivers before 530) -> `clocks_event_reasons.*`.
 */
export function canonicalName(name: string): string {
  const lower = name.trim().toLowerCase().replace(/^clocks_throttle_reasons/, 'clocks_event_reasons');
  return aliases[lower] ?? lower;
}

/** What a field holds, by its canonical name and the unit its header names. */
export function kindOf(name: string, unit: string | null): FieldKind {
  if (textFields.has(name)) return 'text';
  return unit !== null || numberFields.has(name) ? 'number' : 'any';
}

/** True for a field this package has heard of. */
export function isKnownField(name: string): boolean {
  return textFields.has(name) || numberFields.has(name);
}
