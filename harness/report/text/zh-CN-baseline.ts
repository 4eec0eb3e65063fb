/** 以基线为准的门禁的中文文字。 */
import { count, percent, plain } from '../number.js';
import type { baseline as english } from './en-baseline.js';
import type { Evidence } from './text-code.js';
import { machineInChinese } from './zh-CN-machine.js';

const runs = (n: Evidence[string]): string => `${count(n)} 次运行`;
const sides = (v: Evidence): string => `本侧 ${runs(v['runs'])}，基线 ${runs(v['baselineRuns'])}`;
const doubt = (v: Evidence): string => (typeof v['facts'] === 'string' && v['facts'] !== '' ? `；基线在${plain(v['facts'])}上不同，只作警告` : '');

export const baseline: typeof english = {
  checks: {
    'change-within': (v) => `变化的整个 ${percent(v['confidence'])} 区间都在允许之内（${sides(v)}）${doubt(v)}`,
    'change-beyond': (v) => `变化超出允许的幅度，且其 ${percent(v['confidence'])} 区间排除了“没有变化”（${sides(v)}）${doubt(v)}`,
    'change-straddles': (v) => `变化的 ${percent(v['confidence'])} 区间跨过了允许的幅度，需要更多次运行才能判定（${sides(v)}）${doubt(v)}`,
    'change-unbounded': (v) => `请求太少，无法从两侧界定变化（${sides(v)}）${doubt(v)}`,
    'change-few-runs': (v) => `${sides(v)}，看不出运行之间的波动，按至少 10% 计；基线有 ${runs(v['needed'])}时即可测得（gate RUN RUN … --accept）${doubt(v)}`,
    'no-baseline': () => '还没有基线：请用可信的一次运行建立，命令为“mgeo-bench gate RUN --accept”',
    'baseline-unlike': (v) => `未判定：基线在${plain(v['facts'])}上不同（policy.baseline）`,
    'baseline-lacks': () => '基线中没有这项数值：请接受一次含有该阶段的运行',
  },
  column: '基线；变化 [区间]',
  facts: { machine: '机器', driver: 'GPU 或其驱动', engine: '压测引擎', model: '模型', plan: '计划' },
  fact: (name, values) => `${name}（${machineInChinese(values)}）`,
  changed: (figure, change) => `${figure}；${change}`,
  limit: (limit, base) => `${limit}（基线 ${base}）`,
  figure: (base, n) => `${base}（${runs(n)}）`,
  ratio: (value, interval) => `× ${value}${interval === '' ? '' : ` ${interval}`}`,
  kept: {
    head: (scenario, n, by, commit) => `${scenario} 的基线，${String(n)} 次运行，已接受${by === null ? '' : `，接受者 ${by}`}${commit === null ? '' : `，提交 ${commit}`}`,
    facts: (cpu, cores, engine, model) => `${cpu}，${cores} 核；${engine ?? '没有引擎'}；${model ?? '未知模型'}`,
    oneRun: '一次运行看不出运行之间的波动，因此按至少 10% 计：请同时接受五次（gate RUN RUN … --accept）。',
  },
  line: (name, where, measured, figure, status, why) => `${status} ${name}，“${where}”：${measured}；基线 ${figure}：${why}`,
  lineWithout: (name, where, status, why) => `${status} ${name}，“${where}”：${why}`,
};
