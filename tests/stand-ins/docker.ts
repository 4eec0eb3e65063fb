import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the stand-in is told to do otherwise than well. */
export interface Play {
  /** Commands that fail, by their verb (`compose-version`, `image`): what they say on stderr. */
  fails?: Readonly<Record<string, string>>;
  /** Commands that take longer, s. */
  slow?: Readonly<Record<string, number>>;
  health?: 'starting' | 'unhealthy';
  /** The container's own last words on its health. */
  healthSays?: string;
  /** The port is not published. */
  unpublished?: boolean;
  /** The server ends so many s after it was started, with this code. */
  crash?: { afterS: number; code: number; outOfMemory?: boolean };
  /** Its processes look like those of a container on this machine. */
  visible?: boolean;
}

/** A `docker` on a PATH of its own, for one service: it writes down each call, starts a real server for `up`, and fails as it is told to. */
export interface DockerStandIn {
  folder: string;
  /** For the environment of whoever is to find it. */
  env: Record<string, string>;
  /** A compose file, which nobody reads. */
  file: string;
  /** Verbs in the order in which they were first called. */
  verbs(): string[];
  /** The words of each call of a verb. */
  calls(verb: string): string[][];
  /** Id of the process of the server it started; 0 before. */
  pid(): number;
  /** Whether that lives. */
  lives(): boolean;
}

const server = fileURLToPath(new URL('./known-latency-server.js', import.meta.url));

/** In the shell: a program that is started ten times a test has to start at once. A container is no child of the harness, so its mark is taken off. */
const script = (folder: string, { crash, visible, unpublished, health, healthSays = '' }: Play, port: number): string => `#!/bin/sh
cd '${folder}'
if [ "$1" = compose ]; then
  verb=
  skip=
  for word in "$@"; do
    if [ -n "$skip" ]; then skip=; continue; fi
    case "$word" in compose) ;; --*) skip=yes ;; *) verb=$word; break ;; esac
  done
  [ "$verb" = version ] && verb=compose-version
else verb=$1
fi
echo "$verb $*" >> calls.log
[ -f "slow-$verb" ] && sleep "$(cat "slow-$verb")"
if [ -f "fail-$verb" ]; then cat "fail-$verb" >&2; exit 1; fi
lives() { [ ! -f exit ] && [ -f pid ]; }
stop() { lives && kill "-$1" "$(cat pid)" 2>/dev/null; }
id=${visible === true ? '$(head -n 1 /proc/self/cgroup)' : 'c0ffee'.repeat(10)}
case "$verb" in
  compose-version) echo 2.40.0 ;;
  version) echo 28.1.0 ;;
  up)
    unset MGEO_BENCH_WARDEN
    setsid sh -c '"${process.execPath}" "${server}" --port ${String(port)} & echo $! > pid.new; mv pid.new pid
      ${crash === undefined ? 'wait $!; echo $? > exit.new' : `sleep ${String(crash.afterS)}; kill -9 $!; wait $!; echo "it cannot go on"; echo ${String(crash.code)} > exit.new`}; mv exit.new exit' >> server.log 2>&1 < /dev/null &
    while [ ! -f pid ]; do sleep 0.02; done ;;
  ps) echo "$id" ;;
  port) echo ${unpublished === true ? ':0' : `0.0.0.0:${String(port)}`} ;;
  inspect)
    if lives; then status=running pid=$(cat pid) code=0 memory=false; else status=exited pid=0 code=$(cat exit) memory=${String(crash?.outOfMemory === true)}; fi
    printf '%s\\n' '[{"Image": "sha256:1234", "Config": {"Image": "mgeo-bench/reference:0.1.0"}, "State": {"Status": "'$status'", "Pid": '$pid', "ExitCode": '$code', "OOMKilled": '$memory', "Health": {"Status": "${health ?? 'healthy'}", "Log": [{"Output": "${healthSays}\\n"}]}}}]' ;;
  image) echo '[{"RepoDigests": ["registry.invalid/reference@sha256:abcd"]}]' ;;
  logs) tail -n +1 -f server.log & while lives; do sleep 0.05; done; sleep 0.1; kill $! ;;
  wait) while [ ! -f exit ]; do sleep 0.05; done; cat exit ;;
  kill) stop TERM ;;
  down)
    stop TERM
    for turn in 1 2 3 4 5 6 7 8 9 10; do lives && sleep 0.1; done
    stop KILL ;;
esac
exit 0
`;

/** Sets the stage for one test; `port` is where its server listens. */
export function dockerStandIn(port: number, play: Play = {}): DockerStandIn {
  const folder = mkdtempSync(join(tmpdir(), 'docker-stand-in-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'docker'), script(folder, play, port));
  chmodSync(join(bin, 'docker'), 0o755);
  for (const [verb, says] of Object.entries(play.fails ?? {})) writeFileSync(join(folder, `fail-${verb}`), `${says}\n`);
  for (const [verb, lastsS] of Object.entries(play.slow ?? {})) writeFileSync(join(folder, `slow-${verb}`), String(lastsS));
  writeFileSync(join(folder, 'server.log'), '');
  const file = join(folder, 'docker-compose.yml');
  writeFileSync(file, 'services: {}\n');
  const read = (name: string): string => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8').trim() : '');
  const calls = (): string[][] => read('calls.log').split('\n').filter((line) => line !== '').map((line) => line.split(' '));
  const pid = (): number => Number(read('pid'));
  return {
    folder, file, pid,
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` },
    verbs: () => [...new Set(calls().map(([verb = '']) => verb))],
    calls: (verb) => calls().filter(([called]) => called === verb),
    lives: () => pid() > 0 && existsSync(`/proc/${String(pid())}`) && !/\) [ZX] /.test(readFileSync(`/proc/${String(pid())}/stat`, 'utf8')),
  };
}
