/** The conformance suite: what a server does at the edges of HTTP and of its API, check by check. */
import { z } from 'zod';

/** As planned. */
export const conformancePlanSchema = z.object({
  /** Connections opened at once, and left. */
  connections: z.number().int().min(1),
  /** How long a slow client may hold a connection before the server has to cut it off, s; 0 = this is not waited for. */
  patienceS: z.number().min(0),
});
export type ConformancePlan = z.infer<typeof conformancePlanSchema>;

export const conformanceGroups = ['boot', 'api', 'headers', 'errors', 'limits', 'sockets', 'slow', 'overload', 'drain'] as const;
export type ConformanceGroup = (typeof conformanceGroups)[number];

/** Values of a reason, by name. */
export const reasonParamsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

/** One check that was made. */
export const conformanceResultSchema = z.object({
  id: z.string(),
  group: z.enum(conformanceGroups),
  /** must: a failure fails the run; should: it is a warning. */
  level: z.enum(['must', 'should']),
  /** not-run: the server had gone, or answered no more, before its turn. */
  status: z.enum(['pass', 'fail', 'not-applicable', 'not-run']),
  /** What was seen, or why there was nothing to see: a code and its values. Nothing of an address. */
  reason: z.object({ code: z.string(), params: reasonParamsSchema }),
});
export type ConformanceResult = z.infer<typeof conformanceResultSchema>;

export const conformanceRecordSchema = z.object({
  /** Checks of the suite; more than there are results where it ended early. */
  planned: z.number().int(),
  checks: z.array(conformanceResultSchema),
});
export type ConformanceRecord = z.infer<typeof conformanceRecordSchema>;
