import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from '../../harness/cli/open-report.js';
import { cliText } from '../../harness/cli/text/index.js';
import type { Host } from '../../harness/host/index.js';

/** What is started on a machine, and what is said. */
async function opened(platform: string, variables: Record<string, string>, programs: string[], fails = false): Promise<{ started: string[]; said: string | null }> {
  let started: string[] = [];
  const host = {
    machine: { platform, variable: (name: string) => variables[name] },
    processes: { which: (name: string) => (programs.includes(name) ? `/bin/${name}` : null), release: (command: readonly string[]) => { started = [...command]; return fails ? Promise.reject(new Error('no')) : Promise.resolve(); } },
  } as unknown as Pick<Host, 'machine' | 'processes'>;
  const said = await openPage('a/report.html', host, cliText('en'));
  return { started, said };
}

test('each system has its way to show a page', async () => {
  assert.deepEqual(await opened('linux', { DISPLAY: ':0' }, ['xdg-open']), { started: ['xdg-open', 'a/report.html'], said: null });
  assert.deepEqual(await opened('linux', { WSL_DISTRO_NAME: 'x' }, ['wslview']), { started: ['wslview', 'a/report.html'], said: null });
  assert.deepEqual(await opened('darwin', {}, ['open']), { started: ['open', 'a/report.html'], said: null });
  assert.deepEqual(await opened('win32', {}, []), { started: ['explorer', 'a/report.html'], said: null });
});

test('where it cannot be shown a sentence says why, and nothing is started', async () => {
  for (const [machine, words] of [
    [['linux', { DISPLAY: ':0', CI: 'true' }, ['xdg-open']], /CI job/], [['linux', {}, ['xdg-open']], /no screen/], [['linux', { DISPLAY: ':0' }, []], /none of xdg-open, wslview/],
  ] as const) {
    const { started, said } = await opened(machine[0], machine[1], [...machine[2]]);
    assert.deepEqual(started, []);
    assert.match(said ?? '', words);
  }
  assert.match((await opened('darwin', { CI: 'false' }, ['open'], true)).said ?? '', /open: no\.$/);
});
