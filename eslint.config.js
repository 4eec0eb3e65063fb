import tseslint from 'typescript-eslint';
import documentedExports from './scripts/documented-exports.mjs';

export default tseslint.config(
  { ignores: ['dist/', '.build/', 'node_modules/', 'reports/', '**/*.js', '**/*.mjs', '**/*.cjs'] },
  ...tseslint.configs.strict,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-extraneous-class': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: "ExportDefaultDeclaration", message: 'Named exports only: one name for one thing, everywhere.' },
      ],
      'no-irregular-whitespace': 'off',
      eqeqeq: 'error',
    },
  },
  {
    // A test is read by its name; everything else that is exported is used by somebody who does not see its body.
    files: ['harness/**/*.ts', 'servers/**/*.ts', 'scripts/**/*.ts', 'datasets/**/*.ts'],
    plugins: { house: { rules: { 'documented-exports': documentedExports } } },
    rules: { 'house/documented-exports': 'error' },
  },
  {
    // k6 calls the default export of its script; node:test promises are awaited by the runner itself.
    files: ['harness/load/k6/script.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['tests/**/*.ts'], rules: { '@typescript-eslint/no-floating-promises': 'off', '@typescript-eslint/no-non-null-assertion': 'off' } },
  // The second half of the pipeline is pure: it reads a saved record, so it has no clock and no dice.
  {
    files: ['harness/analysis/**/*.ts', 'harness/report/**/*.ts', 'harness/gate/**/*.ts', 'harness/model/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'Date', 'process', 'performance', 'setTimeout', 'setInterval', 'fetch', 'Buffer'],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Randomness comes from model/random, seeded.' }],
    },
  },
  // Only cli/main.ts touches argv, stdout and the exit code; only host/ reads the clock and the environment.
  {
    files: ['harness/{scenario,dataset,request,server,probe,load,telemetry,record}/**/*.ts', 'harness/cli/**/*.ts', 'harness/*.ts'],
    ignores: ['harness/cli/main.ts', 'harness/load/autocannon/{child,children,clock,metronome,metronome-thread}.ts', 'harness/load/k6/script.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'fetch'],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness comes from model/random, seeded.' },
        { object: 'Date', property: 'now', message: 'Ask ctx.host.clock.' },
        { object: 'performance', property: 'now', message: 'Ask ctx.host.clock.' },
      ],
    },
  },
);
