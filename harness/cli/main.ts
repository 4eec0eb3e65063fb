#!/usr/bin/env -S node --max-semi-space-size=4
/**
 * argv -> verb -> exit code. The only file that touches argv, stdout, stderr, signals and the exit code. A verb is loaded when it is
 * called: all of them together take half a second. The first line holds V8's nursery to 4 MiB, so that a long run's memory stays flat.
 */
import { Command, CommanderError, Option } from 'commander';
import { createHost } from '../host/index.js';
import type { EngineName } from '../model/plan.js';
import type { PresetName } from '../model/preset.js';
import { exitCodes, type BenchError } from '../model/error.js';
import type { CapacityFlags } from './capacity.js';
import { wantsColour } from './colour.js';
import type { Shell } from './completion/index.js';
import type { CompareFlags } from './compare.js';
import { addDatasetVerbs } from './dataset/index.js';
import type { DoctorFlags } from './doctor.js';
import type { FitFlags } from './fit.js';
import type { GateFlags } from './gate.js';
import type { RunFlags, ScenarioFlags } from './flags.js';
import type { HistoryFlags } from './history.js';
import { asBenchError, describeFailure } from './failure.js';
import { askedLanguage, helpInChinese, refusal, wrap } from './help.js';
import type { InitFlags } from './init/index.js';
import { createInterrupt } from './interrupt.js';
import type { Io } from './io.js';
import { localeLanguage, printedLanguage, writtenLanguages, type LangFlag } from './language.js';
import { createOutput } from './output.js';
import type { ProgressMode } from './progress/index.js';
import type { ReportFlags } from './report.js';
import { inHelp } from './text/sentence.js';
import { wholeNumber } from './whole-number.js';

const defaultScenario = 'quick';
// Named here and not fetched: what stands behind them is loaded when it is asked for. As keys, so that the compiler misses one that is left out.
const presetNames = Object.keys({ smoke: true, recommended: true, release: true } satisfies Record<PresetName, true>);
const progressModes = Object.keys({ auto: true, plain: true, json: true, none: true } satisfies Record<ProgressMode, true>);
const engines = Object.keys({ auto: true, k6: true, autocannon: true, simulated: true } satisfies Record<'auto' | EngineName, true>);
const shells = Object.keys({ bash: true, zsh: true, fish: true } satisfies Record<Shell, true>);
const env = process.env;
const variable = (name: string): string | undefined => env[name];
const locale = localeLanguage(variable);
const langFlags = ['en', 'zh-CN', 'both'] as const satisfies readonly LangFlag[];
const output = createOutput(process.stdout);
const io: Io = {
  out: output.out,
  pour: output.pour,
  err: (text) => void process.stderr.write(text),
  live: process.stderr.isTTY && !env['CI'] && env['TERM'] !== 'dumb',
  colour: wantsColour(process.stdout.isTTY, variable),
  errColour: wantsColour(process.stderr.isTTY, variable),
  language: printedLanguage(langFlags.find((language) => language === askedLanguage(process.argv.slice(2))), locale),
  // A window can be made narrower while a run goes on.
  get columns() {
    return process.stderr.columns || 120;
  },
  width: process.stdout.isTTY ? process.stdout.columns || 80 : null,
};
process.stderr.on('error', () => undefined);

const host = createHost();
let kept = 'What was measured is kept and rendered. Interrupt again to stop at once.';
const interrupt = createInterrupt({
  nowMs: () => host.clock.nowMs(),
  kept: () => kept,
  // The warden ends what is left.
  atOnce: (code) => {
    if (io.live) io.err('\r\u001b[2K');
    process.exit(exitCodes[code]);
  },
});
process.on('SIGINT', () => { interrupt.came('interrupted', 'Interrupted.'); });
process.on('SIGTERM', () => { interrupt.came('terminated', 'Terminated.'); });

let exitCode = 0;
let told: BenchError | undefined;
async function tell(failure: BenchError): Promise<void> {
  told = failure;
  io.err(`${describeFailure(failure, io)}\n`);
  (await import('./github.js')).tellFailure(failure, host, io);
}
const collect = (value: string, before: string[]): string[] => [...before, value];
const lang = (): Option => new Option('--lang <language>', 'language of the report and of what is printed (default: en; where the locale is Chinese both, printed in Chinese)').choices(langFlags);

function scenarioOptions(command: Command): Command {
  return command
    .option('--set <key=value>', 'change one setting, e.g. load.closed.users=[10,50], or take it away with null; may be repeated', collect, [])
    .addOption(new Option('--engine <name>', 'load engine').choices(engines))
    .option('--seed <number>', 'seed of dataset, order and think times', wholeNumber)
    .addOption(new Option('--preset <name>', 'gates that ship: docs/gating.md').choices(presetNames))
    .option('--aa', 'the scenario beside itself, in pairs: whatever differs is noise')
    .option('--strict', 'an inconclusive verdict fails (exit 4); so do, before the run (exit 2), a bad line in a file of your own pairs, a rate this machine does not bear, a gate the plan cannot pass');
}

const exitCodesText = 'Exit codes: 0 passed, 1 a gate failed or a checked file is wrong, 2 usage or scenario, 3 environment, 4 measurement invalid (or inconclusive under --strict), 70 bug, 130/143 interrupted.';
const program = new Command('mgeo-bench')
  .description('Load tests and benchmarks for servers that decide whether two Chinese addresses are the same place.')
  .version((JSON.parse(host.files.readText(`${host.files.packageRoot}/package.json`)) as { version: string }).version)
  .exitOverride()
  .configureOutput({ writeOut: io.out, writeErr: io.err, outputError: (text, write) => { write(refusal(text, io.language ?? 'en')); } })
  .showSuggestionAfterError(true)
  .addHelpText('after', () => `\n${wrap(io.language === 'zh-CN' ? inHelp(exitCodesText) : exitCodesText, io.width ?? 80)}`);

scenarioOptions(program.command('run').description('a whole run: boot, probe, load, report, judge').argument('[scenario]', 'a path, or a name in scenarios/', defaultScenario))
  .option('-o, --output <dir>', 'folder of the run: new or empty')
  .option('--baseline <file>', 'what gates on a baseline are held against (default: reports/baselines/<scenario>.json where there is one)')
  .addOption(lang())
  .addOption(new Option('--progress <mode>', 'progress on stderr').choices(progressModes).default('auto'))
  .option('--json', 'result.json on stdout, nothing else')
  .option('--live', 'a page that shows the run while it goes on, for this machine alone; with --open it is opened too')
  .option('--open', 'shows the report in the browser when the run is over; never in a CI job')
  .action(async (scenario: string, flags: RunFlags) => { exitCode = await (await import('./run.js')).run(scenario, flags, host, interrupt.signal, io); });

scenarioOptions(program.command('plan').description('what would be run: stages, minutes, requests, bytes; starts nothing').argument('[scenario]', 'a path, or a name in scenarios/', defaultScenario))
  .option('--json', 'the plan as JSON')
  .action(async (scenario: string, flags: ScenarioFlags & { json?: boolean }) => { exitCode = await (await import('./plan.js')).plan(scenario, flags, host, interrupt.signal, io); });

addDatasetVerbs(program.command('dataset').description('address pairs: make a file, show samples, count, check a file'), { host, signal: interrupt.signal, io }, defaultScenario, (code) => { exitCode = code; });

program.command('fit').description('figures of a log of your own as a profile for dataset.profile; keeps none of its text').argument('<file>', 'CSV, TSV or JSON Lines: two addresses a line, label and time where there are any')
  .option('-o, --output <file>', 'the profile to write; stdout by default')
  .option('--columns <list>', 'which column is which: a=2,b=3,label=4,time=1, by number or by name')
  .addOption(new Option('--format <format>', 'of the file; found by itself by default').choices(['csv', 'tsv', 'jsonl']))
  .addOption(new Option('--encoding <encoding>', 'of the file; found by itself by default').choices(['auto', 'utf-8', 'gb18030']))
  .option('--strict', 'a bad line in the log is an error (exit 2)')
  .option('--json', 'the profile on stdout, nothing else, also with -o')
  .action(async (file: string, flags: FitFlags) => { exitCode = await (await import('./fit.js')).fit(file, flags, host, interrupt.signal, io); });

program.command('serve').description('the reference server alone; its own flags, see `serve --help`')
  .allowUnknownOption().helpOption(false).argument('[flags...]')
  .action(async (flags: string[]) => { exitCode = await (await import('./serve.js')).serve(flags, host, interrupt.signal, io); });

program.command('report').description('renders a saved run or comparison again; the same bytes for the same record').argument('<run>', 'folder of a run or of a comparison, or its run.json or comparison.json')
  .addOption(lang())
  .option('--format <formats>', 'which files, with commas between: html, markdown, junit, json (these by default), openmetrics, bencher, benchmark-action, csv, github')
  .option('--baseline <file>', 'what gates on a baseline are held against; by default what the run was held against')
  .option('-o, --output <dir>', 'where to write; the folder of the run by default')
  .option('--json', 'result.json on stdout')
  .action(async (path: string, flags: ReportFlags) => { exitCode = await (await import('./report.js')).report(path, flags, host, io); });

program.command('gate').description('judges saved runs again, also against a baseline; runs of one scenario count together').argument('<runs...>', 'folders of runs, or their run.json')
  .option('--baseline <file>', 'what gates on a baseline are held against (default: reports/baselines/<scenario>.json where there is one); with --accept: the file to write')
  .option('--accept', 'these runs are the baseline from now on')
  .option('--strict', 'an inconclusive verdict ends with exit code 4; with --accept: a run with a suspect measurement is refused')
  .option('--by <name>', 'who accepts (default: as CI or git say)')
  .option('--gate <metric: expression>', 'a further gate, e.g. "latency{users:8}: p(95)<baseline*1.1"; may be repeated', collect, [])
  .addOption(new Option('--preset <name>', 'further gates that ship: docs/gating.md').choices(presetNames))
  .option('--json', 'result.json on stdout, one after another; with --accept the baseline')
  .action(async (paths: string[], flags: GateFlags) => { exitCode = await (await import('./gate.js')).gate(paths, flags, host, io); });

program.command('compare').description('two saved runs, side by side; several a side, separated by commas, are paired in their order').argument('<first>', 'folders of runs').argument('<second>', 'as many')
  .addOption(lang())
  .option('-o, --output <dir>', 'writes report.html, report.md, junit.xml and comparison.json there')
  .option('--json', 'comparison.json on stdout, nothing else')
  .option('--anyway', 'compare runs that differ in more than their server')
  .action(async (first: string, second: string, flags: CompareFlags) => { exitCode = await (await import('./compare.js')).compare(first, second, flags, host, io); });

program.command('history').description('the trend over all runs below a folder, and the runs from which on it is another one').argument('<dir>', 'folder that runs lie in, such as reports/')
  .addOption(lang())
  .option('-o, --output <file>', 'the page with charts to write')
  .option('--json', 'the history as JSON on stdout, nothing else')
  .action(async (dir: string, flags: HistoryFlags) => { exitCode = await (await import('./history.js')).history(dir, flags, host, io); });

program.command('capacity').description('how many replicas a target rate takes, from a saved run of open load or of a search').argument('<run>', 'folder of a run, or its run.json')
  .option('--target <rates>', 'requests a second to plan for, with commas between: 500 or 500/s (default: those of the scenario, else round rates)')
  .option('--growth <share>', 'the target grows by so much: 20% or 0.2')
  .option('--headroom <share>', 'share of a replica that is kept free')
  .option('--balance <share>', 'mean load of a replica as a share of that of the busiest')
  .option('--spare <number>', 'replicas that may fail', wholeNumber)
  .addOption(new Option('--lang <language>', 'language of the answer').choices(['en', 'zh-CN']))
  .option('--json', 'analysis.capacity of result.json on stdout')
  .action(async (path: string, flags: CapacityFlags) => { exitCode = (await import('./capacity.js')).capacity(path, flags, host, io); });

program.command('k6').description('the pinned k6: build it once into the cache, or say where it is')
  .addArgument(program.createArgument('<action>', 'install or path').choices(['install', 'path']))
  .option('--json', 'its path and version as JSON')
  .action(async (action: string, flags: { json?: boolean }) => { exitCode = await (await import('./k6.js')).k6(action, flags, host, interrupt.signal, io); });

program.command('doctor').description('what this machine can and cannot do, how to mend it, and what rate each engine bears on it')
  .option('--json', 'as JSON')
  .option('--no-calibration', 'leaves out what rate each engine bears here, which takes half a minute')
  .action(async (flags: DoctorFlags) => { exitCode = await (await import('./doctor.js')).doctor(flags, host, interrupt.signal, io); });

program.command('init').description('writes a commented scenario for your own server, having asked it at its address what it speaks')
  .argument('[scenario]', 'a path, or a name in scenarios/', 'mine')
  .option('--url <address>', 'of the server, which must run; without it the scenario is for the server that ships')
  .option('--force', 'writes over a file that is there')
  .option('--json', 'what was found, as JSON')
  .action(async (scenario: string, flags: InitFlags) => { exitCode = await (await import('./init/index.js')).init(scenario, flags, host, interrupt.signal, io); });

program.command('completion').description('a completion script for your shell, on stdout: source <(mgeo-bench completion bash)')
  .addArgument(program.createArgument('<shell>', 'bash, zsh or fish').choices(shells))
  .option('--json', 'the commands as JSON')
  .action(async (shell: Shell, flags: { json?: boolean }) => { exitCode = (await import('./completion/index.js')).completion(shell, flags, program, host.files, io); });

// Every verb speaks the language that was asked for, or that of the environment.
for (const verb of program.commands.flatMap((command) => [command, ...command.commands])) {
  // An empty list to begin with is no default that a reader could use; the value itself is set already.
  for (const option of verb.options) if (Array.isArray(option.defaultValue)) option.defaultValue = undefined;
  if (verb.name() !== 'serve' && verb.commands.length === 0 && verb.options.every((option) => option.long !== '--lang')) verb.addOption(new Option('--lang <language>', 'language of what is printed (default: that of the locale)').choices(['en', 'zh-CN']));
}
// What programs read is the same in every language: the words of the commands too.
const words = process.argv.slice(2);
if (io.language === 'zh-CN' && !(words.includes('completion') && words.includes('--json'))) helpInChinese(program);
program.hook('preAction', (_, verb) => {
  const asked = verb.getOptionValueSource('lang') === 'cli' ? verb.opts<{ lang?: LangFlag }>().lang : undefined;
  io.language = printedLanguage(asked, locale);
  const several = verb.options.some((option) => option.argChoices?.includes('both'));
  verb.setOptionValue('lang', several ? writtenLanguages(asked, locale) : io.language);
  if (verb.parent?.name() === 'dataset' || verb.name() === 'fit' || verb.name() === 'plan') kept = 'No half-written file is left behind.';
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    exitCode = error.exitCode === 0 ? 0 : exitCodes.usage;
    // A command without its verb prints the help, which is no sentence.
    if (exitCode !== 0 && error.message.startsWith('error: ')) (await import('./github.js')).tellFailure({ message: error.message.slice('error: '.length), hint: '' }, host, io);
  } else {
    const failure = asBenchError(interrupt.signal.aborted ? interrupt.signal.reason : error);
    await tell(failure);
    exitCode = failure.exitCode;
  }
}
// What stdout still holds is written before the program ends; what it could not take is a failure, unless there was one already.
await new Promise((resolve) => process.stdout.write('', resolve));
const lost = output.lost();
if (lost !== undefined && lost !== told) await tell(lost);
if (exitCode === 0) exitCode = lost?.exitCode ?? 0;
// Kept-alive connections and samplers must not hold the program.
process.exit(exitCode);
