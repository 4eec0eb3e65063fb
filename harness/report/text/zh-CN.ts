/** 中文报告。词条与英文一一对应，由编译器检查。 */
import type { Text } from './en.js';
import { answers } from './zh-CN-answers.js';
import { baseline } from './zh-CN-baseline.js';
import { capacity } from './zh-CN-capacity.js';
import { caption, chart } from './zh-CN-chart.js';
import { zhCodes } from './zh-CN-codes.js';
import { calibration } from './zh-CN-calibration.js';
import { ci } from './zh-CN-ci.js';
import { compare } from './zh-CN-compare.js';
import { conformance } from './zh-CN-conformance.js';
import { dataset } from './zh-CN-dataset.js';
import { history } from './zh-CN-history.js';
import { job } from './zh-CN-job.js';
import { offline } from './zh-CN-offline.js';
import { scale } from './zh-CN-scale.js';
import { search } from './zh-CN-search.js';
import { armAnswers } from './zh-CN-arm-answers.js';
import { drill } from './zh-CN-drill.js';
import { scaling } from './zh-CN-scaling.js';
import { shapes } from './zh-CN-shapes.js';

export const zhCN: Text = {
  answers,
  baseline,
  capacity,
  caption,
  chart,
  codes: zhCodes,
  calibration,
  ci,
  compare,
  conformance,
  dataset,
  history,
  job,
  offline,
  scale,
  search,
  armAnswers,
  drill,
  scaling,
  shapes,
  brand: 'mgeo-bench',
  pageTitle: (scenario, verdict) => `${scenario}：${verdict} · mgeo-bench`,
  listSeparator: '，',
  enumeration: '、',
  sentenceSpace: '',
  colon: '：',
  stop: '。',
  aside: (words) => `（${words}）`,
  contents: '目录',

  section: { verdict: '结论', gates: '门禁', validity: '这些数字可信吗？', findings: '发现', stages: '各阶段', evidence: '详细数据', answers: '答案', health: '压测引擎自身', appendix: '附录' },

  status: { pass: '通过', fail: '未通过', inconclusive: '无法判定', invalid: '无效', skipped: '跳过', valid: '有效', suspect: '存疑', good: '良好', info: '说明', warn: '警告', bad: '问题' },
  verdictWord: { pass: '通过', fail: '未通过', inconclusive: '无法判定', invalid: '无效' },
  level: { error: '必须成立', warn: '仅警告' },

  head: {
    server: '服务', model: '模型', machine: '机器', gpu: 'GPU', load: '负载', engine: '压测引擎', dataset: '地址', started: '开始时间（UTC）', seed: '随机种子', plan: '计划', run: '运行', versions: '版本', commit: '提交',
    modelUnknown: '服务没有说明',
    simulatedDevice: (memory) => `模拟加速器：没有模型参与计算，其耗时与内存（峰值 ${memory}）均为模拟`,
    modelNotMeaningful: '其分数没有意义（随机权重）',
    noServer: '未启动，也未连接',
    noEngine: '未启动',
    noDataset: '未生成',
    machineText: (cpu, cores, memory) => `${cpu}，${cores} 核，${memory}`,
    gpuText: (name, memory, driver, n) => `${n === 1 ? '' : `${String(n)} × `}${name}，${memory}，驱动 ${driver}`,
    loadClosed: (users, think, window) => `闭环：${users} 个用户，${think}，每阶段 ${window}`,
    loadOpen: (rates, process, window) => `开环：每秒 ${rates} 个请求，${process}，每阶段${/^\d/.test(window) ? ' ' : ''}${window}`,
    loadBurst: (sizes, every, repeats) => `突发：${sizes} 个请求同时到达，每 ${every} 一次，每阶段 ${repeats} 次`,
    process: { poisson: '泊松到达', constant: '等间隔到达' },
    noThink: '无思考时间',
    think: (text) => `思考时间 ${text}`,
    datasetText: (count, classes) => `${count} 对（${classes}）`,
    ownPairs: (file) => `来自 ${file}`,
    took: (time) => `用时 ${time}`,
    readyAfter: (time) => `${time} 后就绪`,
    coresAtMost: (cores) => `最多 ${cores} 核`,
    memoryAtMost: (memory) => `内存最多 ${memory}`,
    serverKind: { reference: '参考服务', process: '自定义命令', compose: 'compose 服务', url: '已在运行的服务', simulated: '模拟队列', none: '无' },
    engineWhy: { asked: '按指定', cache: '取自缓存', path: '取自 PATH', built: '在本机构建', 'simulated server': '服务为模拟' },
    fallback: (why) => `回退：没有可用的 k6；原文：“${why}”`,
  },

  outcome: {
    running: '记录没有正常结束：程序被强行终止。以下是已有的内容。',
    aborted: '运行被中断。以下是中断之前测得的内容。',
    failed: '运行提前结束。以下是结束之前测得的内容。',
    state: { completed: '正常结束', running: '未正常结束', aborted: '被中断', failed: '提前结束' },
    hint: '处理办法',
    details: '最后几行输出',
    warnings: '运行中的提示',
    nothingMeasured: '没有测量任何阶段，因此没有可画的图。',
    stageStatus: { 'completed': '已完成', 'interrupted': '被中断', 'engine-failed': '压测引擎出错', 'server-failed': '服务出错', 'job-failed': '任务失败', 'not-started': '未启动' },
  },

  gates: {
    expression: '表达式', stage: '阶段', measured: '实测 [区间]', limit: '限值', limitOf: (limit) => `限值 ${limit}`, status: '状态', why: '原因',
    none: '场景没有设门禁，因此没有可判定的内容。',
    wholeRun: '整次运行',
    rows: '每行是一项判定：一条门禁（或始终生效的答案规则）在一个阶段上、或对整次运行的结果。',
    failuresAsInfinite: '在延迟门禁中，失败和超时的请求按无穷大的延迟计。',
  },

  validity: {
    allValid: '每个阶段都通过了对测量本身的全部检查。',
    explain: '每个阶段都检查：利特尔定律的两种核对、行数与计数、服务端自己的计数、压测引擎的 CPU 与定时器延误、丢失的请求、时钟跳变、样本量。无效的阶段绝不会判为通过。',
    reason: '原因', value: '值', limit: '限值',
  },

  findings: { none: '没有触发任何规则，未见异常。', whatToDo: '建议' },

  table: {
    stage: '阶段', users: '用户', asked: '要求 (req/s)', atOnce: '同时到达', peak: '峰值 (req/s)', pairs: '地址对', load: '负载', window: '窗口', started: '发出', ok: '成功', failed: '失败', timedOut: '超时', censored: '未见结束', rps: '吞吐量', mean: '平均', min: '最快', max: '最慢', requests: '请求结果与极值', errorRate: '失败',
    cpuServer: '服务 CPU', cpuEngine: '引擎 CPU', rss: '服务内存', vram: '显存', validity: '有效性',
    cores: '核', unitRps: 'req/s', samples: 'n',
    plannedStage: (users) => `${users} 个用户`,
    plannedRate: (rate) => `每秒 ${rate} 个请求`,
    plannedBurst: (size) => `${size} 个请求同时到达`,
    repeatedStage: (load, again) => `${load}，第 ${again} 次重复`,
    needsMore: (more) => `还需 ${more} 个`,
    note: '延迟只计成功的响应，单位 ms，最近秩法；方括号内是由本次运行的次序统计量得出的 95% 区间（仅含抽样误差）。“—”表示样本太少，无法给出区间，其下是还需要的数量。吞吐量只计成功的响应。',
    burstNote: '突发负载：一批请求在同一时刻到期，延迟从这一时刻算起。最慢的一个，就是整批得到响应所用的时间；延误是把它们全部发出所用的时间。',
    openNote: '开环负载：请求按预定时刻发出，不等其他请求结束；延迟从预定时刻算起。吞吐量计窗口内到达的响应：低于要求的速率，就说明服务没有跟上。',
    visitors: '按时钟到来的访客会等多久', byUsers: (figure) => `${figure}，用户 (ms)`, byClock: (figure) => `${figure}，访客 (ms)`,
    visitorsNote: '闭环用户在等待时不再发送请求，所以一次停顿只被每个用户的一个请求看到。访客每毫秒来一位（窗口很长时间隔更大），不管用户在做什么：他的等待时间取任一用户随后发出的请求的延迟；当所有用户都在等待时，至少要等到其中第一个得到响应。',
    schedule: '预定请求的去向', scheduled: '预定', ended: '结束', waitedHead: '等待发送者', longestWait: '最长等待', unsent: '未发出', backlog: '未结束：开始 → 结束',
  },

  sent: {
    title: '实际发送的内容', requests: '请求数', texts: '不同文本', repeats: '重复', most: '单个文本最多', tokens: '每个地址的词元数，平均', max: '最大',
    note: '统计窗口内已结束的请求。重复：其文本在窗口内已发送过，容量无限的缓存可以直接应答。词元：使用 bert-base-chinese 词表的 WordPiece，不含 [CLS] 与 [SEP]；服务自己的分词器可能有不同的计数。',
  },

  notMeasured: '未测得',
  noData: '没有数据',

  gpu: {
    title: '显存', name: 'GPU', total: '总量', baseline: '基线', loaded: '加载后', peak: '峰值（下限）', delta: '高出基线', scope: '范围', samples: '采样数',
    scopes: { device: '整块设备', mig: '整块设备（已用 MIG 切分）' },
    note: (source, interval, gap, restarts) => `由 ${source} 每 ${interval} 读取一次；最长 ${gap} 没有采样；采样程序重启 ${restarts} 次。基线：服务启动之前。加载后：就绪之后、加压之前。峰值是最高的采样，因此是真实峰值的下限。`,
    gaps: (n, longest, why) => `采样中断 ${n} 次，最长 ${longest}：${why}。中断期间的用量不在以上数字之内。`,
    others: (list) => `运行期间 GPU 上的其他进程：${list}。它们的显存计入以上数字。`,
    othersUnknown: '无法列出 GPU 上的其他进程。',
  },

  timing: { title: '时间花在哪里', outside: '服务端之外', both: (phase) => `${phase}，p50 / p95 (ms)`, none: '服务没有返回 Server-Timing 头，延迟无法拆分。', batch: '批次大小（平均 / 最大）', cache: '缓存（命中 / 部分 / 未命中）' },

  health: {
    engineCpu: '引擎 CPU (核)', lag: '定时器延误 p50 / p99 (ms)', rows: '行数', counted: '计数', dropped: '丢弃', loop: '事件循环占用', queue: '等待 CPU', clock: '时钟跳变 (ms)', littleInFlight: 'X·R ÷ 在途', littleUsers: 'X·(R+Z) ÷ 用户', serverCount: '服务端计数 ÷ 引擎计数',
    note: '没有丢失时，行数 = 计数。没有遗漏也没有虚增时，利特尔定律的两个比值都是 1（X 吞吐量，R 平均延迟，Z 平均思考时间）。',
    independent: '独立的秒数', independentOf: (independent, seconds) => `${seconds} 秒中 ${independent}`,
    notSteady: { 'too-short': '不足 50 s', 'not-steady': '未达到稳态', 'bursts': '负载按设计变化', 'unstable': '积压增长', 'no-answer': '有数秒无响应', 'warm-up': '预热' },
    independentNote: '独立的秒数：相邻的秒彼此相似，求均值时只相当于这么多个互不相关的秒（按吞吐量与延迟中位数分别计算，取较少者；与其余部分不同的开头不计在内）。运行内的区间只含抽样误差，把每个请求或每一秒都当作独立；独立的秒数越少，真实的区间应当越宽。任何数字都不因此改动。',
    messages: '引擎的消息',
  },

  appendix: {
    methods: '方法', reproduce: '如何复现', settings: '设置', environment: '环境', identity: '本次运行的标识', raw: '供程序读取的数据', rawText: '本页内嵌了 result.json（mgeo-bench/result/1）；完整的记录是旁边的 run.json。',
    reproduceText: (hash) => `在上述提交的克隆仓库中运行。计划哈希应为 ${hash}；命令行上给过的设置需要重新给出。`,
    reproduceRound: '本次运行是一次对比中的一轮；以下命令会重做整个对比：',
    reproduceAsked: (hash, lacking, round) => `在上述提交的克隆仓库中、场景及其文件所在的文件夹里运行。${round ? '该命令会重做整个对比，本次运行只是其中一轮；这一轮的' : ''}计划哈希应为 ${hash}${lacking ? '；标为 (hidden) 的内容需要重新填写' : ''}。`,
    setting: '设置', value: '值',
    health: '服务的自报信息（/health）',
    loadBefore: '运行前的平均负载',
    methodList: [
      '百分位：对窗口内发出且成功的请求，按精确延迟（整 µs）取最近秩。只有存在有限的双侧 95% 界限时才显示（p95 需 72 个响应，p99 需 368 个，p99.9 需 3,688 个）。',
      '区间：百分位用次序统计量（二项分布的秩），比例用 Wilson 区间。同一次运行的请求并不独立，因此区间只含抽样误差，不含运行之间的差异。',
      '延迟从发出请求（开环负载为预定时刻，突发负载为释放时刻）算到响应结束。请求属于它开始时所在的阶段；这些请求全部结束之前，负载一直保持。',
      '延迟门禁把失败和超时的请求按无穷大的延迟计。吞吐量只计成功的响应。',
      '有效性：利特尔定律 N = X·R，分别对照在途请求数和设定的用户数；偏差超过 2% 为存疑，超过 5% 为无效；与在途请求数相比，每个请求相差不足 0.2 ms 时不算存疑。',
      '内存单位为 MiB = 2^20 字节。显存峰值是最高的采样，因此是真实峰值的下限。多块 GPU 从不取平均。',
      'CPU 单位为核：1.0 表示整个窗口内一个核满负荷。',
    ],
    id: '运行编号', planHash: '计划哈希（sha256）', bodies: '全部请求体的哈希', modelSha: '模型 sha256', schema: '记录格式', outcome: '结果',
    dataset: '地址', characters: (mean, p50, p90, max) => `每个地址的字符数：平均 ${mean}，p50 ${p50}，p90 ${p90}，最大 ${max}`,
    own: '您的文件', ownFile: (format, encoding, rows, labelled, bad) => `${format}，${encoding}：${rows} 对地址，其中 ${labelled} 对有标签；跳过 ${bad} 行`, ownSha: '您的文件的 SHA-256',
    repeat: (share) => `重复出现的地址占 ${share}`,
  },

  markdown: {
    details: '详情', throughputSpark: '各阶段吞吐量', record: (id, hash) => `运行 ${id}，计划 ${hash}`,
  },

  terminal: { users: '用户', asked: '要求/s', atOnce: '同时', peak: '峰值/s', pairs: '地址对', load: '负载', rps: 'req/s', p50: 'p50 ms', p95: 'p95 ms', p99: 'p99 ms', errors: '失败', cpu: '服务 CPU', memory: '内存', vram: '显存', validity: '有效性', stage: '阶段', noGpu: (why) => `显存：${why}`, noStages: '没有测量任何阶段。', simulated: '模拟队列：以上数字由计算得出，没有测量任何服务。', simulatedDevice: (memory) => `模拟加速器：没有模型参与计算，其耗时与内存（峰值 ${memory}）均为模拟。`, auc: (value) => `AUC ${value}`, macroF1: (value) => `宏平均 F1 ${value}`, probes: (passed, n) => `探针 ${n} 个中 ${passed} 个通过`, abnormal: (met, sent) => `异常请求 ${sent} 个中 ${met} 个处理得当`, needs: (more, percentile) => `${percentile} 为“—”：还需 ${more} 个请求` },
};
