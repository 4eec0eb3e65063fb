/** A harness that brings a service up and is then killed (see compose.test.ts). */
import { bootServer } from '../../../harness/server/index.js';
import { testContext } from '../../host/context.js';

const [file = '', logFile = ''] = process.argv.slice(2);
await bootServer({ kind: 'compose', file, service: 'reference', profile: null, port: 8080, ready: '/ready', readyTimeoutS: 20 }, { logFile }, testContext());
process.stdout.write('up\n');
setInterval(() => undefined, 1_000);
