import type { Host } from '../host/index.js';
import { spawnFault } from '../model/system-failure.js';
import type { CliText } from './text/index.js';

/** How each system shows a page: the first program that is there. */
const openers: Readonly<Record<string, readonly (readonly string[])[]>> = {
  darwin: [['open']],
  win32: [['explorer']],
  linux: [['xdg-open'], ['wslview']],
};

/** Shows a page of a file, or at an address, in the browser. Resolves to null, or to the sentence that says why it was not. */
export async function openPage(target: string, { machine, processes }: Pick<Host, 'machine' | 'processes'>, { open }: CliText): Promise<string | null> {
  const ci = machine.variable('CI') ?? '';
  if (ci !== '' && ci !== 'false' && ci !== '0') return open.inCi;
  const said = (name: string): boolean => (machine.variable(name) ?? '') !== '';
  // Without a screen xdg-open would start a browser of text on this very terminal.
  if (machine.platform === 'linux' && !['DISPLAY', 'WAYLAND_DISPLAY', 'BROWSER', 'WSL_DISTRO_NAME'].some(said)) return open.noScreen;
  const known = openers[machine.platform] ?? [['xdg-open']];
  const opener = known.find(([program = '']) => processes.which(program) !== null || machine.platform === 'win32');
  if (opener === undefined) return open.noProgram(known.map(([program = '']) => program).join(', '));
  try {
    await processes.release([...opener, target]);
    return null;
  } catch (error) {
    return open.failed(opener[0] ?? '', spawnFault(error));
  }
}
