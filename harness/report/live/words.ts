import type { Language } from '../report-input.js';

interface LiveFigure {
  id: string;
  title: string;
  /** Keys of a point, with their names. */
  series: readonly (readonly [key: string, name: string])[];
  /** How points are drawn together when there are more of them than pixels. */
  fold: 'mean' | 'max';
  /** Not shown until there is something in it: not every server tells it. */
  optional?: true;
}

export interface LiveWords {
  title: (scenario: string) => string;
  other: string;
  waiting: string;
  going: string;
  ended: string;
  gone: string;
  nothing: string;
  seconds: string;
  notes: string;
  note: string;
  figures: readonly LiveFigure[];
}

const latency = [['p50', 'p50'], ['p95', 'p95'], ['p99', 'p99']] as const;

/** Words of the live page. */
export const liveWords: Readonly<Record<Language, LiveWords>> = {
  en: {
    title: (scenario) => `${scenario}: live`,
    other: '中文',
    waiting: 'waiting for the load',
    going: 'running',
    ended: 'the run has ended; its report has the exact figures',
    gone: 'no answer any more: the run has ended',
    nothing: 'Nothing has been measured yet.',
    seconds: 'seconds since the run started',
    notes: 'Messages',
    note: 'Figures of the last half second, approximate and not yet judged; warm-up requests are not in them. The page leaves with the run, the report stays.',
    figures: [
      { id: 'rps', title: 'Throughput (requests/s)', series: [['rps', 'requests/s']], fold: 'mean' },
      { id: 'latency', title: 'Latency (ms)', series: latency, fold: 'max' },
      { id: 'errors', title: 'Errors (requests/s)', series: [['errors', 'errors/s']], fold: 'max' },
      { id: 'cpu', title: 'CPU (cores)', series: [['cpu.server', 'server'], ['cpu.engine', 'load engine'], ['cpu.harness', 'harness'], ['cpu.job', 'job']], fold: 'mean' },
      { id: 'memory', title: 'Memory (MiB)', series: [['memory.server', 'server'], ['memory.engine', 'load engine'], ['memory.harness', 'harness'], ['memory.job', 'job']], fold: 'max' },
      { id: 'vram', title: 'GPU memory (MiB)', series: [['vram', 'GPU']], fold: 'max' },
      { id: 'gpu-use', title: 'GPU use (%)', series: [['use', 'GPU']], fold: 'mean', optional: true },
      { id: 'queue', title: 'Queue of the server (entries that wait)', series: [['queue', 'waiting']], fold: 'max', optional: true },
      { id: 'batch', title: 'Batch size (entries)', series: [['batch', 'entries a batch']], fold: 'mean', optional: true },
    ],
  },
  'zh-CN': {
    title: (scenario) => `${scenario}：实时`,
    other: 'English',
    waiting: '等待负载开始',
    going: '运行中',
    ended: '运行已结束；准确数据见报告',
    gone: '已无响应：运行已结束',
    nothing: '尚无测量数据。',
    seconds: '运行开始后的秒数',
    notes: '消息',
    note: '最近半秒的近似值，尚未判定；不含预热请求。页面随运行结束而关闭，报告会保留。',
    figures: [
      { id: 'rps', title: '吞吐量（请求/秒）', series: [['rps', '请求/秒']], fold: 'mean' },
      { id: 'latency', title: '延迟（毫秒）', series: latency, fold: 'max' },
      { id: 'errors', title: '错误（请求/秒）', series: [['errors', '错误/秒']], fold: 'max' },
      { id: 'cpu', title: 'CPU（核）', series: [['cpu.server', '服务'], ['cpu.engine', '压测引擎'], ['cpu.harness', '本工具'], ['cpu.job', '任务']], fold: 'mean' },
      { id: 'memory', title: '内存（MiB）', series: [['memory.server', '服务'], ['memory.engine', '压测引擎'], ['memory.harness', '本工具'], ['memory.job', '任务']], fold: 'max' },
      { id: 'vram', title: '显存（MiB）', series: [['vram', 'GPU']], fold: 'max' },
      { id: 'gpu-use', title: 'GPU 使用率（%）', series: [['use', 'GPU']], fold: 'mean', optional: true },
      { id: 'queue', title: '服务端队列（等待的条目）', series: [['queue', '等待']], fold: 'max', optional: true },
      { id: 'batch', title: '批次大小（条）', series: [['batch', '每批条目']], fold: 'mean', optional: true },
    ],
  },
};
