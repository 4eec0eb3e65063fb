import { z } from 'zod';
import { metrics } from '../model/metric.js';
import { presetNames } from '../model/preset.js';
import { scenarioSchema } from '../model/scenario.js';

/** The part of JSON Schema that is used here. */
export interface JsonSchema {
  type?: string;
  title?: string;
  description?: string;
  properties?: Record<string, JsonSchema>;
  patternProperties?: Record<string, JsonSchema>;
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  enum?: unknown[];
  required?: string[];
}

/**
 * JSON Schema (draft 7, which editors know best) of what a person writes. Nothing is required in it: `extends` may bring any part.
 * Metrics stand as words of their own, so that editors complete them.
 */
export function scenarioJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(scenarioSchema, {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema }) => { delete jsonSchema.required; },
  }) as JsonSchema;
  const gates = schema.properties?.['gates'];
  const entry = gates?.additionalProperties;
  if (gates && typeof entry === 'object') {
    // One that needs a selector is no word of its own.
    gates.properties = Object.fromEntries(Object.values(metrics).filter(({ needs }) => needs === undefined).map((metric) => [metric.name, { description: metricWords(metric.name), ...entry }]));
    gates.properties['preset'] = { description: 'Gates that ship: docs/gating.md. A metric that stands beside it speaks for itself.', type: 'string', enum: [...presetNames] };
    const selectable = Object.values(metrics).filter((metric) => metric.selectors.length > 0).map((metric) => metric.name);
    gates.patternProperties = { [`^(${selectable.join('|')})\\{[^{}]+\\}$`]: entry };
    gates.additionalProperties = false;
  }
  return { title: 'mgeo-bench scenario', ...schema };
}

function metricWords(name: string): string {
  const metric = metrics[name];
  if (!metric) return '';
  const words = [...(metric.percentiles ? ['p(N)'] : []), ...Object.entries(metric.aggregations).map(([word, { unit }]) => (unit === '' ? word : `${word} (${unit})`))];
  const selectors = metric.selectors.length > 0 ? `; selectors: ${metric.selectors.join(', ')}` : '';
  return `${words.join(', ')}${selectors}`;
}

/** Words that may stand in the map at a path; empty where the path leads to no map, or any word may. */
export function knownWordsAt(path: readonly (string | number)[]): string[] {
  let here = [scenarioJsonSchema()];
  for (const step of path) {
    here = here.flatMap(choices).flatMap((schema) => {
      const next = typeof step === 'number' ? schema.items : (schema.properties?.[step] ?? schema.additionalProperties);
      return typeof next === 'object' ? [next] : [];
    });
  }
  return [...new Set(here.flatMap(choices).flatMap((schema) => Object.keys(schema.properties ?? {})))];
}

function choices(schema: JsonSchema): JsonSchema[] {
  return schema.anyOf ? schema.anyOf.flatMap(choices) : [schema];
}
