/** 最高速率搜索的中文文字。 */
import { count, percent, plain, rps, seconds } from '../number.js';
import type { SearchText } from './en-search.js';
import type { Evidence } from './text-code.js';

const from = (v: Evidence): string => `每秒 ${plain(v['lowRps'])} 个请求`;
const shares = (v: Evidence): string => `${plain(v['gate'])}：${count(v['n'])} 个请求中有 ${count(v['bad'])} 个超出限值`;

export const search: SearchText = {
  title: '最高速率的搜索',
  probe: '试探', rate: '速率 (req/s)', purpose: '目的', state: '结果', why: '原因', requests: '请求数', window: '窗口',
  terminal: '试探',
  chartX: '试探序号', chartY: '要求的速率 (请求/s，对数轴)',
  purposes: { bracket: '向上', bisect: '折半', confirm: '确认' },
  states: { pass: '通过', fail: '未通过', undecided: '未定' },
  reasons: {
    'within': (v) => `${shares(v)}，少于允许的 ${percent(v['allowed'])}`,
    'beyond': (v) => `${shares(v)}，多于允许的 ${percent(v['allowed'])}`,
    'unstable': (v) => `到达快于处理：要求 ${rps(v['askedRps'])}，实际结束 ${rps(v['endedRps'])}`,
    'too-few': (v) => (v['gate'] === undefined ? '没有可以计数的门禁' : `${shares(v)}，允许 ${percent(v['allowed'])}，两者无法区分${typeof v['needed'] === 'number' ? `，需要 ${count(v['needed'])} 个请求` : ''}`),
    'invalid': (v) => `测量无效：${plain(v['why'])}`,
  },
  ends: {
    'found': (v) => `满足 SLO 的最高速率：${from(v)}（介于 ${plain(v['lowRps'])} 与 ${plain(v['highRps'])} 之间），已确认 ${count(v['confirmed'])} 次`,
    'machine': (v) => `至少${from(v)}满足 SLO，已确认 ${count(v['confirmed'])} 次；在此之上负载生成器在这台机器上无法按时发送，因此上端取决于机器而不是服务${typeof v['highRps'] === 'number' ? `（${plain(v['highRps'])} 未通过）` : ''}`,
    'unbounded': (v) => `至少${from(v)}满足 SLO，已确认 ${count(v['confirmed'])} 次；在此之上没有能判定为未通过的速率，因此上端未知`,
    'highest-passes': (v) => `搜索范围内的最高速率（${from(v)}）仍满足 SLO，请提高 load.search.to`,
    'lowest-fails': () => '搜索范围内的最低速率已不满足 SLO，请降低 load.search.from',
    'lowest-undecided': () => '搜索范围内的最低速率无法判定，因此没有结果',
    'budget': (v) => `搜索结束之前预算已用完：${typeof v['lowRps'] === 'number' ? `${from(v)}通过${typeof v['highRps'] === 'number' ? `，${plain(v['highRps'])} 未通过` : ''}，已确认 ${count(v['confirmed'])} 次` : '还没有速率通过'}；load.search.budget: ${plain(v['neededS'])}s 即可够用`,
  },
  unended: '运行在搜索结束之前就结束了。',
  summary: (probes, sent, took) => `试探 ${probes} 次，共 ${sent} 个请求，用时 ${took}。`,
  note: '每次试探是一个固定速率的开环阶段。“坏”请求（慢于限值、失败或未见结束）的占比在 99% 置信度下被证明足够小则通过，过大则未通过（MLPerf LoadGen 的提前停止规则）；其余为未定，绝不算通过。门禁和结论只针对找到的速率。',
  load: (low, high, resolution, process) => `搜索：每秒 ${low} 至 ${high} 个请求之间的最高速率，精度 ${resolution}，${process}`,
  tip: (probe, rate, state, purpose) => `第 ${probe} 次试探：每秒 ${rate} 个请求，${state}（${purpose}）`,
  took: seconds,
};
