import { test } from 'node:test';
import { z } from 'zod';
import { fittedProfileSchema } from '../../harness/model/profile.js';
import { sameAsFile } from '../report/golden.js';

test('docs/schema/profile.schema.json is the profile as the code has it', () => {
  sameAsFile('docs/schema/profile.schema.json', `${JSON.stringify({ title: 'mgeo-bench fitted profile', ...z.toJSONSchema(fittedProfileSchema) }, null, 2)}\n`);
});
