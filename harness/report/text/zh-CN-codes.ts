/** 记录、分析与门禁中各代码的中文含义。 */
import { count, ms, percent, plain, rps } from '../number.js';
import type { CodeText, Evidence } from './text-code.js';
import { zhFindings } from './zh-CN-findings.js';

function others(v: Evidence): string {
  const parts = ([['inconclusive', '无法判定'], ['invalid', '无效'], ['skipped', '跳过'], ['warned', '警告']] as const).filter(([name]) => Number(v[name]) > 0).map(([name, word]) => `${count(v[name])} 项${word}`);
  return parts.length === 0 ? '' : `，另有 ${parts.join('、')}`;
}

/** 被中断的阶段不算完成。 */
const after = (n: Evidence[string]): string => (n === 0 ? '运行在完成任何阶段之前' : `运行在完成 ${count(n)} 个阶段之后`);

export const zhCodes: CodeText = {
  findings: zhFindings,

  validity: {
    'not-started': { name: '未启动', sentence: () => '该阶段没有启动' },
    'engine-failed': { name: '压测引擎出错', sentence: (v) => `压测引擎出错：${plain(v['why'])}` },
    'server-failed': { name: '服务出错', sentence: (v) => `服务出错：${plain(v['why'])}` },
    'interrupted': { name: '被中断', sentence: (v) => `该阶段被中断：${plain(v['why'])}` },
    'no-requests': { name: '没有请求', sentence: () => '测量窗口内没有发出任何请求' },
    'no-answer': { name: '没有响应', sentence: (v) => `${count(v['started'])} 个请求中没有一个得到正常的响应` },
    'too-few': { name: '样本太少', sentence: (v) => `只有 ${count(v['n'])} 个响应，${plain(v['percentile'])} 需要 ${count(v['needed'])} 个` },
    'little-in-flight': { name: '利特尔定律（在途请求）', sentence: (v) => `吞吐量 × 延迟是在途请求数的 ${plain(v['ratio'])} 倍，应为 1（每个请求有 ${ms(v['perRequestMs'])} 无法解释）` },
    'little-users': { name: '利特尔定律（用户数）', sentence: (v) => `吞吐量 ×（延迟 + 思考时间）是 ${count(v['users'])} 个用户的 ${plain(v['ratio'])} 倍，应为 1（每个请求有 ${ms(v['perRequestMs'])} 无法解释）` },
    'rows-lost': { name: '记录行丢失', sentence: (v) => `引擎写出 ${count(v['rows'])} 行，自己计数为 ${count(v['counted'])}` },
    'dropped': { name: '记录行被丢弃', sentence: (v) => `${count(v['rows'])} 行中有 ${count(v['dropped'])} 行未能保留` },
    'unaccounted': { name: '请求数对不上', sentence: (v) => `发出 ${count(v['started'])} 个请求，能查到下落的有 ${count(v['accounted'])} 个` },
    'server-count': { name: '与服务端计数不符', sentence: (v) => `服务端计数 ${count(v['server'])} 个请求，引擎计数 ${count(v['engine'])} 个（其中 ${count(v['unanswered'])} 个没有 HTTP 响应）` },
    'generator-cpu': { name: '压测引擎 CPU', sentence: (v) => `压测引擎用了 ${count(v['machineCores'])} 核中的 ${plain(v['cores'])} 核` },
    'event-loop': { name: '压测引擎事件循环', sentence: (v) => `压测引擎的事件循环有 ${percent(v['value'])} 的时间在忙` },
    'lag': { name: '压测引擎定时器延误', sentence: (v) => `压测引擎的定时器最多晚了 ${ms(v['value'])}（p99），而延迟中位数为 ${ms(v['p50Ms'])}` },
    'run-queue': { name: '压测引擎等待 CPU', sentence: (v) => `压测引擎有 ${percent(v['value'])} 的时间在等待 CPU` },
    'engine-share': { name: '服务端之外的耗时', sentence: (v) => `p95 ${ms(v['p95Ms'])} 中有 ${ms(v['value'])} 花在客户端与服务端之间，超过限值 ${ms(v['limit'])}` },
    'censored': { name: '请求未见结束', sentence: (v) => `${count(v['started'])} 个请求中有 ${count(v['censored'])} 个未见结束` },
    'unstable': { name: '到达快于处理', sentence: (v) => `不稳定：到达快于处理。要求 ${rps(v['askedRps'])}，实际结束 ${rps(v['endedRps'])}；积压以 ${rps(v['growthRps'])} 的速度增到 ${count(v['openAtEnd'])} 个请求，因此延迟随阶段的时长增长` },
    'pool': { name: '发送者全忙', sentence: (v) => `${count(v['started'])} 个请求中有 ${count(v['waited'])} 个要等 ${count(v['inFlight'])} 个发送者之一空闲，最长等了 ${ms(v['longestWaitMs'])}；等待时间已计入延迟` },
    'unsent': { name: '仍在等待的请求', sentence: (v) => `阶段停止时，${count(v['due'])} 个请求中有 ${count(v['waiting'])} 个仍在等待` },
    'clock-step': { name: '时钟跳变', sentence: (v) => `系统时钟跳变了 ${ms(v['value'])}` },
    'engine-messages': { name: '引擎报错', sentence: (v) => `压测引擎报了 ${count(v['messages'])} 条错误，第一条：${plain(v['first'])}` },
    'engine-exit': { name: '引擎退出码', sentence: (v) => `压测引擎以退出码 ${plain(v['exitCode'])} 结束` },
  },

  checks: {
    'within': (v) => `整个 ${percent(v['confidence'])} 区间都在限值之内（n = ${count(v['n'])}）`,
    'beyond': (v) => `整个 ${percent(v['confidence'])} 区间都超出限值（n = ${count(v['n'])}）`,
    'straddles': (v) => `限值落在 ${percent(v['confidence'])} 区间之内（n = ${count(v['n'])}）`,
    'unbounded': (v) => `数据只能界定一侧（n = ${count(v['n'])}）`,
    'stage-invalid': () => '该阶段的测量无效',
    'beyond-every-bound': () => '失败的请求太多，该百分位落在失败请求之中，按无穷大的延迟计',
    'not-measured': (v) => `未测得：${plain(v['why'])}`,
    'too-few': (v) => `请求太少，需要 ${count(v['needed'])} 个`,
    'too-few-pairs': (v) => `得到答案的地址对太少，需要 ${count(v['needed'])} 对，且各类数量相近`,
    'no-stage': () => '没有符合选择条件的测量阶段',
    'wrong-answers': (v) => `逐个询问的 ${count(v['asked'])} 对地址中有错误的答案：${plain(v['kinds'])}`,
    'oracle-failed': (v) => `不成立：${plain(v['oracleName'])}（n = ${count(v['n'])}）`,
    'no-answer': (v) => `${count(v['started'])} 个请求中没有一个得到正常的响应（${count(v['timedOut'])} 个超时）`,
    'abnormal-met': (v) => `${count(v['sent'])} 个异常请求中没有出现`,
    'abnormal-5xx': (v) => `${count(v['sent'])} 个异常请求中有 ${count(v['count'])} 个返回 5xx：${plain(v['kinds'])}`,
    'abnormal-no-answer': (v) => `${count(v['sent'])} 个异常请求中有 ${count(v['count'])} 个没有得到响应（其中 ${count(v['timedOut'])} 个超时）：${plain(v['kinds'])}`,
    'abnormal-died': (v) => (v['kind'] === '' ? '发送异常请求期间服务退出' : `异常请求（${plain(v['kind'])}）之后，服务不再响应`),
  },

  suspect: ({ suspect, ofStages }) => `${plain(ofStages)} 个阶段中有 ${plain(suspect)} 个存疑。`,
  headlines: {
    'unfinished': (v) => `运行没有结束，已开始 ${count(v['stages'])} 个阶段。`,
    'aborted': (v) => `${after(v['completed'])}被中断。`,
    'failed': (v) => `${after(v['completed'])}提前结束：${plain(v['message'])}。`,
    'fail': (v) => `${plain(v['name'])} 在“${plain(v['where'])}”不成立：实测 ${plain(v['measured'])}，限值 ${plain(v['limitText'])}（${count(v['checks'])} 项判定中 ${count(v['failed'])} 项未通过${others(v)}）。`,
    'fail-infinite': (v) => `${plain(v['name'])} 在“${plain(v['where'])}”不成立：失败或超时的请求太多，该百分位没有上界，限值 ${plain(v['limitText'])}（${count(v['checks'])} 项判定中 ${count(v['failed'])} 项未通过${others(v)}）。`,
    'answers-wrong': (v) => `服务给出的答案有误：${plain(v['reasonText'])}。`,
    'no-answer': (v) => `在“${plain(v['where'])}”，${plain(v['reasonText'])}。`,
    'abnormal': (v) => `服务经不起异常请求：${plain(v['reasonText'])}。`,
    'stage-invalid': (v) => `“${plain(v['stage'])}”的测量无效：${plain(v['reasonText'])}（共 ${count(v['stages'])} 个阶段无效）。`,
    'inconclusive': (v) => `${plain(v['name'])} 在“${plain(v['where'])}”无法判定：实测 ${plain(v['measured'])}，限值 ${plain(v['limitText'])}；${plain(v['reasonText'])}。`,
    'nothing-judged': (v) => `${count(v['checks'])} 项判定都没有结论（${count(v['skipped'])} 项跳过）。`,
    'inconclusive-fails': (v) => `${plain(v['name'])} 在“${plain(v['where'])}”无法判定，按场景设定视为未通过：实测 ${plain(v['measured'])}，限值 ${plain(v['limitText'])}；${plain(v['reasonText'])}。`,
    'nothing-judged-fails': (v) => `${count(v['checks'])} 项判定都没有结论（${count(v['skipped'])} 项跳过），按场景设定视为未通过。`,
    'pass': (v) => `${v['passed'] === v['checks'] ? `全部 ${count(v['checks'])} 项判定成立` : `${count(v['checks'])} 项判定中 ${count(v['passed'])} 项成立`}${others(v)}；最接近限值的是“${plain(v['where'])}”的 ${plain(v['name'])}：实测 ${plain(v['measured'])}，限值 ${plain(v['limitText'])}。`,
    'only-warnings': (v) => `必须成立的门禁没有一条未通过，但 ${plain(v['name'])} 在“${plain(v['where'])}”发出警告：实测 ${plain(v['measured'])}，限值 ${plain(v['limitText'])}。`,
    'no-gates': (v) => (typeof v['rps'] === 'number' ? `场景没有设门禁；最高吞吐量为 ${rps(v['rps'])}（“${plain(v['stage'])}”），p95 为 ${ms(v['p95Ms'])}。` : `场景没有设门禁；测量了 ${count(v['stages'])} 个阶段。`),
  },

  absence: {
    'too-few': (v) => `请求太少，需要 ${count(v['needed'])} 个`,
    'too-few-pairs': (v) => (typeof v['needed'] === 'number' ? `地址对太少，需要 ${count(v['needed'])} 对` : '地址对太少'),
    'no-probes': () => '没有询问探针地址对',
    'no-abnormal': () => '没有发送异常请求',
    'no-answer': () => '没有请求得到响应',
    'not-measured': () => '在这台机器上无法读取',
    'not-checked': () => '没有比对过答案',
    'no-gpu': () => '没有这块 GPU',
    'no-stage': () => '没有符合选择条件的测量阶段',
    'no-valid-stage': () => '没有有效的阶段',
    'one-load': () => '只试过一种大小的负载',
    'scores-meaningless': () => '服务声明其分数没有意义',
  },

  gpuAbsent: {
    'not-found': '没有找到 nvidia-smi（没有 NVIDIA 驱动，或者它不在 PATH 中）',
    'no-driver': '有 nvidia-smi，但 NVIDIA 驱动没有响应',
    'no-device': 'nvidia-smi 没有找到 GPU',
    'off': '场景中已关闭',
    'unsupported': '本系统没有 NVIDIA 驱动，或者该 GPU 不报告显存',
    'failed': 'nvidia-smi 出错',
  },

  oracles: {
    'equal-pair': '两个相同的地址得最高分',
    'symmetry': '交换两个地址，结果不变',
    'dropped-characters': '加入 BERT 分词器会丢弃的字符，结果不变',
    'class-medians': '各类分数中位数的顺序为 high > boundary > low',
    'auc': 'high 类的分数高于 low 类（AUC）',
    'not-constant': '分数不全相同',
    'repeat': '同一对地址问两次，分数相同',
  },

  classes: { high: 'high（同一地点）', low: 'low（不同地点）', boundary: 'boundary（边界）', noisy: 'noisy（带噪声）', abnormal: 'abnormal（异常请求）' },

  families: { region: '行政区划：省略、补全或更名', name: '名称及其次序', tail: '省略楼栋、单元或房号', typo: '错别字', script: '繁体、拼音与英文', number: '数字与门牌的其他写法', layout: '分隔符、空格、括号', around: '附加的备注、人名、电话', neighbour: '邻近地点（只差一个字段）', apart: '相距很远的两个地点', none: '没有算子' },
  probeGroups: { 'rename': '更名的区县', 'polyphone': '多音字', 'alias': '同一地点的别名', 'alias-trap': '陷阱：相像但不是同一地点' },
  labels: { exact: 'exact', partial: 'partial', not: 'not', same: '同一地点', other: '不是同一地点' },
  expectations: { reject: '4xx', answer: '正常答案', either: '两者皆可' },

  errorKinds: {
    'timeout': '超时', 'reset': '连接被重置', 'refused': '连接被拒绝', 'closed': '连接被关闭', 'dns': '域名无法解析', 'other': '其他', 'html': '响应是 HTML', 'not-json': '响应不是 JSON', 'no-score': '响应中没有分数', 'not-a-number': '分数不是数字', 'out-of-range': '分数超出范围', 'accepted-bad-input': '接受了错误的请求',
  },

  phases: { tokenize: '分词', queue: '排队', infer: '推理', post: '收尾', total: '服务端合计' },
  httpStatus: (status) => `HTTP 状态 ${status}`,
  failures: {
    'usage': { what: '命令的用法有误', hint: '请看该命令的 --help。' },
    'scenario-not-found': { what: '没有找到场景', hint: '请给出 YAML 文件的路径，或 scenarios/ 下场景的名称。' },
    'scenario-invalid': { what: '场景有误', hint: '请改正下面列出的问题。' },
    'output-not-empty': { what: '输出目录已被占用', hint: '请用 --output 指定新的或空的目录。' },
    'record-unreadable': { what: '记录无法读取', hint: '请给出一次完整运行的目录。' },
    'port-taken': { what: '服务的端口已被占用', hint: '请停掉占用端口的程序，或换一个端口。' },
    'server-not-ready': { what: '被测服务未能就绪', hint: '请检查就绪路径和服务的最后几行输出。' },
    'server-crashed': { what: '被测服务已崩溃', hint: '请看服务的最后几行输出，完整日志在运行目录的 logs/ 下。' },
    'server-unreachable': { what: '连接不上被测服务', hint: '请先启动服务，并检查地址。' },
    'server-command-failed': { what: '服务的启动命令无法执行', hint: '请检查 server.process.command。' },
    'engine-missing': { what: '缺少压测引擎', hint: '请安装该引擎，或用 --engine 换一种。' },
    'engine-build-failed': { what: '压测引擎构建失败', hint: '请用 --engine 换一种引擎，或查看构建的输出。' },
    'engine-failed': { what: '压测引擎出错', hint: '引擎的日志在运行目录的 logs/ 下。' },
    'lexicon-missing': { what: '缺少生成地址所用的词表', hint: '请取得一份完整的程序。' },
    'disk-full': { what: '磁盘已满', hint: '请清理空间，或用 --output 指定其他目录。' },
    'file-unwritable': { what: '文件无法写入', hint: '请检查目录及其权限。' },
    'interrupted': { what: '运行被中断', hint: '已测得的数据会保留并生成报告。' },
    'terminated': { what: '运行被终止', hint: '已测得的数据会保留并生成报告。' },
    'bug': { what: '本工具自身有缺陷', hint: '请附上下面几行反馈给我们；这不代表服务有问题。' },
  },
  warnings: {
    'server-died': '异常请求之后，服务对正常请求也不再响应，因此没有加压。',
    'load-skipped': '加压之前没有一个答案是正确的，因此没有加压。',
    'processes-absent': '在这台机器上无法读取进程的 CPU 和内存。',
  },
  native: false,
  said: (original) => `“${original}”`,
  withOriginal: (ours, original) => `${ours.replace(/。$/, '')}（原文：${original}）`,
  cpuMeasured: 'CPU 和内存已经测量。',
  prose: {
    'the server says that its scores mean nothing': '服务声明其分数没有意义',
    'the server does not say that its model is a bi-encoder': '服务没有说明其模型是双塔编码器',
    'the server does not say what model it runs': '服务没有说明运行的是什么模型',
    'not known to hold for this model': '尚不知道该判据对此模型是否成立',
    'no answer': '没有响应',
    'too few answers': '响应太少',
    'too few answers of each class': '各类的响应太少',
    'too few answers of class high or low': 'high 类或 low 类的响应太少',
    'the simulated engine has no server to ask': '模拟引擎没有可询问的服务',
    'not one answer was right before the load, so no load was driven': '加压之前没有一个答案是正确的，因此没有加压',
    'The run was interrupted.': '运行被中断',
    'The server under test ended.': '被测服务已退出',
    'no golden answers were asked for, or no pair of the dataset expects an answer': '没有要求采集基准答案，或者数据集中没有应得到答案的地址对',
  },
  unknownAdvice: '请看旁边的数字。',
};
