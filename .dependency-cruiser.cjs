/** The walls of the house (docs/architecture.md), each with its reason. `npm run walls` checks them. */
const stages = 'scenario|dataset|request|server|probe|load|telemetry|record';
const pure = 'analysis|report|gate';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A circle means two files are one thing, or a type lives in the wrong room.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'model-stands-alone',
      comment: 'model/ is what the stages hand to each other; if it knew a stage, every stage would know it.',
      severity: 'error',
      from: { path: '^harness/model/' },
      to: { path: '^(harness|servers)/', pathNot: '^harness/model/' },
    },
    {
      name: 'model-is-pure',
      comment: 'Values and formulas only: the same on every machine, in every year.',
      severity: 'error',
      from: { path: '^harness/model/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'host-knows-only-model',
      comment: 'host/ is the only door to the machine; a door that knows the rooms cannot be replaced in a test.',
      severity: 'error',
      from: { path: '^harness/host/' },
      to: { path: '^(harness|servers)/', pathNot: '^harness/(model|host)/' },
    },
    {
      name: 'only-host-touches-the-machine',
      comment: 'Spawning, sockets, files, clock and environment live in host/. Engine children are processes of their own.',
      severity: 'error',
      from: {
        path: '^harness/',
        pathNot: '^harness/(host/|cli/main\\.ts|load/autocannon/(child|children|clock|metronome|metronome-thread)\\.ts|load/k6/script\\.ts)',
      },
      to: { dependencyTypes: ['core'], path: '^(node:)?(child_process|fs|fs/promises|net|http|https|dgram|tls|os|worker_threads|cluster|process|perf_hooks|timers|timers/promises)$' },
    },
    {
      name: 'stages-do-not-know-each-other',
      comment: 'What one stage needs from another arrives as a model/ value; pipeline.ts passes it.',
      severity: 'error',
      from: { path: `^harness/(${stages})/` },
      to: { path: '^harness/', pathNot: ['^harness/(model|host)/', '^harness/$1/'] },
    },
    {
      name: 'second-half-is-pure',
      comment: 'analysis, report and gate read a saved record; they must give the same bytes years later.',
      severity: 'error',
      from: { path: `^harness/(${pure})/` },
      to: { path: '^harness/', pathNot: ['^harness/model/', '^harness/$1/'] },
    },
    {
      name: 'second-half-has-no-node',
      comment: 'No files, clock or process in the second half: pure functions of the record.',
      severity: 'error',
      from: { path: `^harness/(${pure})/` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'front-doors',
      comment: 'From outside a stage folder only its index.ts is imported, so that a room can be rebuilt inside.',
      severity: 'error',
      from: { path: '^harness/([^/]+)' },
      to: {
        path: `^harness/(${stages}|${pure}|host)/`,
        pathNot: ['/index\\.ts$', '^harness/$1/'],
      },
    },
    {
      name: 'only-pipeline-and-cli-know-the-sentence',
      comment: 'pipeline.ts says the sentence; traffic, preflight (with calibration), questions and stages are its longer clauses, job.ts and conform.ts are other sentences, comparison.ts says it several times, baseline.ts holds it against an earlier one.',
      severity: 'error',
      from: { path: '^harness/', pathNot: '^harness/((pipeline|preflight|calibration|questions|stages|job|conform|baseline|traffic|comparison|index)\\.ts|cli/)' },
      to: { path: '^harness/(pipeline|preflight|calibration|questions|stages|job|conform|baseline|traffic|comparison|index)\\.ts$' },
    },
    {
      name: 'nobody-imports-cli',
      comment: 'The command line is a reader of the library, never the other way round.',
      severity: 'error',
      from: { pathNot: '^(harness/cli|tests)/' },
      to: { path: '^harness/cli/' },
    },
    {
      name: 'harness-and-servers-are-strangers',
      comment: 'They meet over HTTP only; otherwise a server could flatter its own test.',
      severity: 'error',
      from: { path: '^harness/' },
      to: { path: '^servers/' },
    },
    {
      name: 'servers-and-harness-are-strangers',
      comment: 'They meet over HTTP only; otherwise a server could flatter its own test.',
      severity: 'error',
      from: { path: '^servers/' },
      to: { path: '^harness/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
