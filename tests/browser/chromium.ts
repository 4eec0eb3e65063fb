/** Debian's Chromium for tests. Without it they are skipped with the reason, except where CI asks for all of them. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** The reason to skip, or false. With CI=true a missing browser is a failure of the test that opens it. */
export const withoutBrowser: string | false = existsSync(executablePath) || process.env['CI'] === 'true' ? false : `Chromium is not at ${executablePath} (apt-get install chromium, or set CHROMIUM)`;

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
