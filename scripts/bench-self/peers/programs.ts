/** How each generator is asked for the same: closed users without think time, one POST with one body, answers read. */
import type { Context } from '../../../harness/host/index.js';
import { findK6 } from '../../../harness/load/index.js';
import { findPeer } from './find.js';

export interface PlainProgram {
  name: string;
  command: string[];
  env: Record<string, string>;
}

export interface PlainLoad {
  url: string;
  users: number;
  /** The program ends by itself after that. */
  runS: number;
}

const body = JSON.stringify({ addr1: '文一路1号', addr2: '文一路2号' });
const path = '/similarity';

/** All programs that are there, and a sentence for each that is not. k6 and autocannon as anybody would call them, with none of our script. */
export async function plainPrograms({ url, users, runS }: PlainLoad, ctx: Context): Promise<{ programs: PlainProgram[]; missing: string[] }> {
  const { files } = ctx.host;
  const folder = files.scratchDir('peers');
  const programs: PlainProgram[] = [];
  const missing: string[] = [];
  const k6 = await findK6(ctx);
  if (k6 === null) missing.push('k6 is not installed.');
  else {
    files.writeText(`${folder}/k6.js`, `import http from 'k6/http';\nexport const options = { vus: ${String(users)}, duration: '${String(runS)}s' };\nexport default () => { http.post('${url}${path}', '${body}', { headers: { 'content-type': 'application/json' } }); };\n`);
    programs.push({ name: `k6 ${k6.version}, as it comes`, command: [k6.path, 'run', '--quiet', '--no-usage-report', `${folder}/k6.js`], env: {} });
  }
  const autocannon = `${files.packageRoot}/node_modules/autocannon/autocannon.js`;
  programs.push({ name: 'autocannon, as it comes', command: [process.execPath, autocannon, '-c', String(users), '-d', String(runS), '-m', 'POST', '-H', 'content-type=application/json', '-b', body, '--no-progress', `${url}${path}`], env: {} });
  const wrk = await findPeer('wrk', ctx);
  if ('why' in wrk) missing.push(`wrk: ${wrk.why}.`);
  else {
    files.writeText(`${folder}/post.lua`, `wrk.method = "POST"\nwrk.headers["content-type"] = "application/json"\nwrk.body = '${body}'\n`);
    programs.push({ name: `wrk ${wrk.version}`, command: [...wrk.command, '-t1', `-c${String(users)}`, `-d${String(runS)}s`, '-s', `${folder}/post.lua`, `${url}${path}`], env: wrk.env });
  }
  const locust = await findPeer('locust', ctx);
  if ('why' in locust) missing.push(`Locust: ${locust.why}.`);
  else {
    for (const user of ['FastHttpUser', 'HttpUser']) {
      files.writeText(`${folder}/${user}.py`, `from locust import ${user}, constant, task\n\nclass Visitor(${user}):\n    wait_time = constant(0)\n\n    @task\n    def ask(self):\n        self.client.post("${path}", data='${body}'.encode(), headers={"content-type": "application/json"})\n`);
      programs.push({ name: `Locust ${locust.version}, ${user}`, command: [...locust.command, '-f', `${folder}/${user}.py`, '--headless', '--only-summary', '-u', String(users), '-r', String(users), '--host', url, '-t', `${String(runS)}s`], env: locust.env });
    }
  }
  return { programs, missing };
}
