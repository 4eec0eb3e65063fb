/** 中文的发现与建议。各数值的名称见 model/analysis.ts 的 `insightEvidence`。 */
import type { InsightId } from '../../model/insight.js';
import { count, mib, ms, percent, plain, rps, seconds } from '../number.js';
import type { Evidence, FindingText } from './text-code.js';

/** 负载的大小：用户数、每秒请求数、同时到达的请求数、尖峰的峰值，或成批的地址对数。 */
const load = (v: Evidence): string => (typeof v['pairs'] === 'number' ? `批量处理 ${count(v['pairs'])} 对地址` : typeof v['peakRps'] === 'number' ? `峰值每秒 ${plain(v['peakRps'])} 个请求` : typeof v['burst'] === 'number' ? `${count(v['burst'])} 个请求同时到达` : typeof v['rateRps'] === 'number' ? `每秒 ${plain(v['rateRps'])} 个请求` : `${count(v['users'])} 个用户`);

/** 窗口开头几秒与其余部分的差别：“吞吐量比其余部分低 30%”。 */
export function unlikeRest({ of, off }: Evidence): string {
  const by = typeof off === 'number' ? `${off < 0 ? '低' : '高'} ${percent(Math.abs(off))}` : plain(off);
  return `${of === 'latency' ? '延迟中位数' : '吞吐量'}比其余部分${by}`;
}

export const zhFindings: Readonly<Record<InsightId, FindingText>> = {
  'no-answers': {
    sentence: (v) => `${load(v)}时，${count(v['started'])} 个请求没有一个得到响应。`,
    advice: '查看失败请求的种类和服务日志；再次加压之前，先手工发送一对地址。',
  },
  'stage-incomplete': {
    sentence: (v) => `${load(v)}的阶段没有跑完（${plain(v['status'])}）。`,
    advice: '原因见阶段表和服务日志；该阶段的数字只覆盖其中一部分。',
  },
  'oracle-failed': {
    sentence: (v) => `${count(v['judged'])} 条判据中有 ${count(v['failed'])} 条不成立，第一条是“${plain(v['oracle'])}”（n = ${count(v['n'])}）。`,
    advice: '服务有响应，但答案不对。先检查加载的模型和权重，以及两个地址的先后次序，再看速度。',
  },
  'wrong-answers': {
    sentence: (v) => `逐个询问的 ${count(v['asked'])} 对地址中有 ${count(v['wrong'])} 对得到错误的答案，最多的是“${plain(v['kind'])}”（${count(v['count'])} 个）。`,
    advice: '这是没有负载时的结果，与压力无关。请对照服务接口检查场景中的路径、请求格式和分数路径。',
  },
  'flips-under-load': {
    sentence: (v) => `${load(v)}时，比对的 ${count(v['checked'])} 个答案中有 ${count(v['flips'])} 个在负载下翻转；分数最多变动 ${plain(v['maxDelta'])}。`,
    advice: '批处理不应改变答案。请检查填充是否混入池化、结果是否发给了别的请求、大批次是否降低了精度。',
  },
  'abnormal-mishandled': {
    sentence: (v) => `${count(v['sent'])} 个异常请求中有 ${count(v['mishandled'])} 个处理不当（5xx ${count(v['serverErrors'])} 个，超时 ${count(v['timedOut'])} 个，连接中断 ${count(v['cutOff'])} 个）：${plain(v['kinds'])}。`,
    advice: '在推理之前检查输入：以 4xx 拒绝并指出字段；对错误的输入绝不能返回 5xx 或不响应。各种类的结果见异常请求表。',
  },
  'labels-disagree': {
    sentence: (v) => `${count(v['n'])} 个答案中有 ${count(v['count'])} 个的标签与分数落在阈值 ${plain(v['threshold'])} 的不同侧。`,
    advice: '请把场景的阈值设为服务判定 exact 的分数，或查明服务的标签为何与分数不一致。',
  },
  'family-worse': {
    sentence: (v) => `有一族算子改写的地址对明显更容易答错：${plain(v['family'])}，正确率 ${percent(v['share'])}（${count(v['n'])} 对中 ${count(v['right'])} 对），其余为 ${percent(v['restShare'])}。`,
    advice: '这是模型的弱项：请增加这类训练样本，或在模型之前先作规范化。答得最差的地址对列在“答案”一节。',
  },
  'field-not-named': {
    sentence: (v) => `${count(v['refused'])} 次拒绝中有 ${count(v['unnamed'])} 次没有指出是哪个字段有误：${plain(v['kinds'])}。`,
    advice: '请在 4xx 的响应体中写明字段和原因，否则调用方可能改错地方。',
  },
  'not-recovered': {
    sentence: (v) => `${load(v)}过后 ${seconds(v['watchedS'])} 内，服务没有恢复：在每秒 ${plain(v['baseRps'])} 个请求时，${plain(v['percentile'])} 未能保持在 ${ms(v['limitMs'])} 以内。`,
    advice: '或是峰值积压的请求消化太慢，或是峰值之后仍有故障：请限制队列长度并尽早拒绝（429），并延长峰值之后的观察时间（load.spike.after）以区分二者。',
  },
  'figure-not-finite': {
    sentence: (v) => `任务的 ${count(v['n'])} 行中有 ${count(v['count'])} 行的“${plain(v['name'])}”不是有限的数。`,
    advice: '损失一旦不是数字就无法恢复：请降低学习率、裁剪梯度，并查看最早出现的那一行。针对这一指标的门禁不作判定。',
  },
  'lines-malformed': {
    sentence: (v) => `任务有 ${count(v['count'])} 行像是 JSON 对象却读不出来${Number(v['tooLong']) > 0 ? `，其中 ${count(v['tooLong'])} 行是因为超过 65,536 个字符` : ''}；可读的有 ${count(v['json'])} 行。`,
    advice: '请每行输出一个 JSON 对象（在 Python 中用 json.dumps，而不是直接打印字典），并且同一时刻只由一个进程输出，否则各进程的行可能混在一起。完整输出在 logs/job.log 中。',
  },
  'job-silent': {
    sentence: (v) => `任务没有输出含数字的 JSON 行（共 ${count(v['lines'])} 行）：只知道用时和开销，不知道它做了什么。`,
    advice: '有进展时请输出一行 JSON 对象，写明轮次、损失或 AUC；每个数字都会成为门禁可以要求的指标。',
  },
  'errors-by-kind': {
    sentence: (v) => `${load(v)}时，${count(v['started'])} 个请求中有 ${count(v['failed'])} 个失败（${percent(v['share'])}），最多的是“${plain(v['kind'])}”（${count(v['count'])} 个）。`,
    advice: '该阶段的延迟要和失败一起看：快速拒绝会让其余请求显得很快。429 和 503 表示队列已满；重置和超时指向服务或网络。',
  },
  'fallback-answered': {
    sentence: (v) => `${load(v)}时，${count(v['completed'])} 个答案中有 ${count(v['degraded'])} 个（${percent(v['share'])}）是服务降级后给出的，并非来自模型。`,
    advice: '这一阶段的速度和答案都不全属于模型。请在服务的日志中查明推理为何失败；若是故障演练，这正是用户所见。',
  },
  'answers-move': {
    sentence: (v) => `${load(v)}时，比对的 ${count(v['checked'])} 个分数中有 ${count(v['moved'])} 个在负载下变动超过 ${plain(v['tolerance'])}，最多 ${plain(v['maxDelta'])}；没有翻转。`,
    advice: '通常是批次形状或精度所致。请先确定允许的变动幅度，再据此设置 answers.tolerance。',
  },
  'past-the-knee': {
    sentence: (v) => `超过 ${count(v['peakUsers'])} 个用户后吞吐量下降：峰值 ${rps(v['peakRps'])}，${load(v)}时 ${rps(v['rps'])}（−${percent(v['loss'])}）。`,
    advice: '把在途请求数限制在峰值附近（有界队列，队列满时返回 429），并排查争用的资源：锁、内存、CPU 核。',
  },
  'serial-server': {
    sentence: (v) => `服务一次只处理一个请求：用户数从 ${count(v['fromUsers'])} 增到 ${count(v['toUsers'])}，吞吐量停在 ${rps(v['fromRps'])} 到 ${rps(v['toRps'])}，延迟中位数却从 ${ms(v['fromP50Ms'])} 升到 ${ms(v['toP50Ms'])}。`,
    advice: '把等待中的请求合并成批，或增加工作进程；增加用户只会让等待更久。',
  },
  'saturated': {
    sentence: (v) => `用户数从 ${count(v['fromUsers'])} 增到 ${count(v['toUsers'])}，吞吐量持平（${rps(v['fromRps'])} 到 ${rps(v['toRps'])}），延迟中位数从 ${ms(v['fromP50Ms'])} 升到 ${ms(v['toP50Ms'])}。`,
    advice: '服务从此处起已满载。请为每个实例规划更少的用户，或找出已耗尽的资源。',
  },
  'unstable': {
    sentence: (v) => `到达快于处理：要求 ${rps(v['rateRps'])}，实际结束 ${rps(v['endedRps'])}；积压以 ${rps(v['growthRps'])} 的速度增长，从 ${count(v['openAtStart'])} 个增到 ${count(v['openAtEnd'])} 个请求。`,
    advice: '该速率超过了服务的处理能力，该阶段的延迟会随时长不断增长。请降低速率、增加算力，或尽早以 429 拒绝来不及处理的请求。',
  },
  'queueing': {
    sentence: (v) => `${load(v)}时，服务端时间的 ${percent(v['share'])} 花在排队上（平均 ${ms(v['serverMs'])} 中的 ${ms(v['queueMs'])}）。`,
    advice: '请求是在等模型，不是在等网络。应增加算力或加大批次，加长队列没有用。',
  },
  'generator-limit': {
    sentence: (v) => `${load(v)}时，决定数字的可能是压测引擎而不是服务（${plain(v['code'])}：${plain(v['value'])}，限值 ${plain(v['limit'])}）。`,
    advice: '把压测引擎放到另一台机器或独占的核上，或改用 CPU 开销更小的引擎（autocannon）；不要把该阶段的延迟当作服务的延迟。',
  },
  'censored': {
    sentence: (v) => `${load(v)}时，${count(v['started'])} 个请求中有 ${count(v['censored'])} 个未见结束。`,
    advice: '这些请求本应是最慢的，因此高百分位偏低。请查明引擎为何在它们结束之前停止。',
  },
  'warm-up-too-short': {
    sentence: (v) => `${load(v)}时预热太短：窗口前 ${seconds(v['cutS'])} 的${unlikeRest(v)}。请设 load.warmup: ${plain(v['neededS'])}s（本次为 ${plain(v['warmupS'])}s）。`,
    advice: '这些秒仍计入本阶段的数字，事后不会剔除。请在场景中加长预热，再运行一次。',
  },
  'too-few-samples': {
    sentence: (v) => `${load(v)}时，${plain(v['percentile'])} 需要 ${count(v['needed'])} 个请求，实际只有 ${count(v['n'])} 个。`,
    advice: '延长该阶段（场景中的 duration），直到样本足够。',
  },
  'stalls': {
    sentence: (v) => `${load(v)}时，有 ${count(v['seconds'])} 个整秒毫无进展，最长的停顿为 ${seconds(v['longestS'])}。`,
    advice: '请对照时间序列中的这些时刻，查看垃圾回收、模型重新加载和服务日志。',
  },
  'users-hide-waits': {
    sentence: (v) => `${load(v)}时，闭环用户掩盖了等待：用户的 ${plain(v['percentile'])} 为 ${ms(v['usersMs'])}，而按时钟到来的访客的 ${plain(v['percentile'])} 为 ${ms(v['visitorsMs'])}，是前者的 ${plain(v['ratio'])} 倍。`,
    advice: '等待响应的用户在服务停顿期间不再发送请求，因此只有少数请求反映出停顿。请查看最慢的响应及其时刻，并以相近的吞吐量用开环负载再测：那里每个到点的请求都计入。',
  },
  'long-tail': {
    sentence: (v) => `${load(v)}时，p99 是中位数的 ${plain(v['ratio'])} 倍：${ms(v['p99Ms'])} 对 ${ms(v['p50Ms'])}。`,
    advice: '少数请求遇到了额外的等待，例如批次中有长地址、服务停顿、缓存未命中。从延迟热图可以看出它们是否集中在某些时刻。',
  },
  'cache-carries': {
    sentence: (v) => `${load(v)}时，${percent(v['share'])} 的响应来自缓存（${count(v['total'])} 个中的 ${count(v['hit'])} 个）。`,
    advice: '这是缓存的数字，不是模型的。请关闭缓存，或让地址的重复率与实际业务一致。',
  },
  'padding-tax': {
    sentence: (v) => `${load(v)}时，${percent(v['share'])} 的计算词元是填充（平均每批 ${plain(v['batchTexts'])} 条文本）。`,
    advice: '把长度相近的文本放在同一批，或按填充后的词元数（token-budget）而不是文本条数限制批次：这部分计算付了代价却不产生答案。',
  },
  'vram-near-limit': {
    sentence: (v) => `GPU ${plain(v['gpu'])} 的显存用到 ${percent(v['share'])}：${mib(v['totalMiB'])} 中的 ${mib(v['peakMiB'])}（最高采样值，是下界）。`,
    advice: '更长的文本或更大的批次可能放不下。请限制每批词元数、降低精度，或换用显存更大的卡。',
  },
  'cold-start': {
    sentence: (v) => `服务从启动到就绪用了 ${seconds(v['readyS'])}。`,
    advice: '副本丢失后会缺席这么久，为突发临时增加的副本也来不及：请保留备用副本，或缩短启动时间（更小的镜像、本地磁盘上的权重、保留已编译的计算图）。',
  },
  'leak': {
    sentence: (v) => `长稳期间（${load(v)}）内存持续上升：${plain(v['what'])}每小时增加 ${mib(v['slopeMiB'])} [${mib(v['lowMiB'])}, ${mib(v['highMiB'])}]，中位数为 ${mib(v['medianMiB'])}。`,
    advice: '请延长时间再测：缓存或内存池填满后会持平，泄漏则按此斜率继续。然后查找每个请求留下了什么。',
  },
  'latency-drifts': {
    sentence: (v) => `长稳期间（${load(v)}）${plain(v['percentile'])} 持续漂移：每小时 ${ms(v['slopeMs'])} [${ms(v['lowMs'])}, ${ms(v['highMs'])}]，中位数为 ${ms(v['medianMs'])}。`,
    advice: '上升：查找随时间增长的因素（内存、缓存、日志、碎片、温度）。下降：服务仍在预热，请加长预热时间。',
  },
  'vram-rising': {
    sentence: (v) => `${load(v)}的整个阶段里，GPU ${plain(v['gpu'])} 的显存一直上升：从 ${mib(v['fromMiB'])} 到 ${mib(v['toMiB'])}（+${mib(v['riseMiB'])}）。`,
    advice: '延长该阶段：内存池增长到最大批次后会持平，泄漏则不会。',
  },
  'memory-rising': {
    sentence: (v) => `${load(v)}的整个阶段里，服务的内存一直上升：从 ${mib(v['fromMiB'])} 到 ${mib(v['toMiB'])}（+${mib(v['riseMiB'])}）。`,
    advice: '延长该阶段：缓存填满后会持平，泄漏则不会。',
  },
  'busy-machine': {
    sentence: (v) => `运行之前机器就在忙：${count(v['cores'])} 核上的平均负载为 ${plain(v['load'])}。`,
    advice: '请停掉其他任务再运行一次；本次的数字受到了其他任务的影响。',
  },
  'server-throttled': {
    sentence: (v) => `${load(v)}时，服务自身的 CPU 配额${Number(v['cores']) > 0 ? `（${plain(v['cores'])} 核）` : ''}使它在 ${percent(v['share'])} 的时间里被限制运行（各核相加）。`,
    advice: '此处的瓶颈是配额而非机器：请给容器更多 cpus，或让服务的进程数和线程数不超过配额的核数。',
  },
  'server-cpu-bound': {
    sentence: (v) => `${load(v)}时，服务用了留给它的 CPU 核的 ${percent(v['share'])}（${count(v['machineCores'])} 核中的 ${plain(v['serverCores'])} 核，压测引擎用了 ${plain(v['engineCores'])} 核）。`,
    advice: '此处的瓶颈是 CPU：可换更小的模型、降低精度、减少填充，或增加核数。',
  },
  'compute-bound': {
    sentence: (v) => `${load(v)}时，服务端时间的 ${percent(v['share'])} 是模型推理（平均 ${ms(v['serverMs'])} 中的 ${ms(v['inferMs'])}）。`,
    advice: '可按长度分批、降低精度或换更快的硬件；换更快的网络没有用。',
  },
  'tokenising': {
    sentence: (v) => `${load(v)}时，服务端时间的 ${percent(v['share'])} 花在分词上（平均 ${ms(v['serverMs'])} 中的 ${ms(v['tokenizeMs'])}）。`,
    advice: '改用编译型分词器，或在独立的线程中分词，避免模型空等。',
  },
  'scores-meaningless': {
    sentence: (v) => `服务声明 ${plain(v['model'])} 的分数没有意义，因此没有判定各类的高低次序。`,
    advice: '速度和内存是真实的；要看答案的质量，请加载训练过的模型。',
  },
  'probes-failed': {
    sentence: (v) => `${count(v['n'])} 个知识探针中有 ${count(v['failed'])} 个未通过，最多的是${plain(v['group'])}（${count(v['groupN'])} 个中 ${count(v['groupFailed'])} 个）。`,
    advice: '小模型学不会区县更名和地点别名。如果业务需要，请在模型之前查表；用 probe_pass_rate 设门禁即可把它变成条件。',
  },
  'no-gpu': {
    sentence: (v) => `没有测量 GPU：${plain(v['why'])}。`,
    advice: '要测量显存，请在 nvidia-smi 可用的机器上运行；“mgeo-bench doctor”会指出缺什么。',
  },
  'capacity': {
    sentence: (v) => `满足 SLO 的最高速率为每秒 ${plain(v['lowRps'])} 个请求（介于 ${plain(v['lowRps'])} 与 ${plain(v['highRps'])} 之间），试探 ${count(v['probes'])} 次、${count(v['sent'])} 个请求。`,
    advice: '规划时应取更低的值：为突发和损失一台服务器留出余量。',
  },
  'capacity-machine': {
    sentence: (v) => `搜索止于这台机器：每秒 ${plain(v['rateRps'])} 个请求时负载生成器无法按时发送（${plain(v['code'])}；因此作废 ${count(v['probes'])} 次试探）。每秒 ${plain(v['lowRps'])} 个请求只是服务能力的下界。`,
    advice: '让负载生成器独占处理器核心：把服务放到另一台机器（server.url），或减少它的工作进程、换用更重的模型，使服务先到极限。',
  },
  'capacity-cliff': {
    sentence: (v) => `极限处是陡崖：每秒 ${plain(v['lowRps'])} 个请求时 ${plain(v['gate'])} 离限值还很远（${ms(v['lowMs'])}），${plain(v['highRps'])} 时已远超限值（${v['highMs'] === '∞' ? '没有上界' : ms(v['highMs'])}）。`,
    advice: '延迟不会提前预警：应监视速率本身或队列长度，运行时远离极限，并让服务尽早拒绝（429）承受不了的请求。',
  },
  'recovered': {
    sentence: (v) => (v['timeS'] === 0 ? `${load(v)}一结束，${plain(v['percentile'])} 就在 ${ms(v['limitMs'])} 以内。` : `${load(v)}结束 ${seconds(v['timeS'])} 后，${plain(v['percentile'])} 回到 ${ms(v['limitMs'])} 以内并保持下去。`),
    advice: '无需处理。为 recovery 设门禁（time<10s）即可把它变成条件。',
  },
  'no-drift': {
    sentence: (v) => `${load(v)}持续 ${seconds(v['windowS'])}，${count(v['quantities'])} 个量均未见漂移或泄漏。`,
    advice: '无需处理。要发现比斜率表的区间更慢的漂移，需要更长的时间。',
  },
  'scales': {
    sentence: (v) => `吞吐量随用户数增长：${count(v['fromUsers'])} 个用户时 ${rps(v['fromRps'])}，${count(v['toUsers'])} 个用户时 ${rps(v['toRps'])}（相当于按比例增长的 ${percent(v['efficiency'])}）。`,
    advice: '尚未达到上限。要找到上限，请增加用户数。',
  },
  'keeps-up': {
    sentence: (v) => `服务跟上了要求的所有速率，最高为${load(v)}（p95 为 ${ms(v['p95Ms'])}），没有出现积压。`,
    advice: '尚未达到上限。要找到上限，请提高速率。',
  },
  'answers-hold': {
    sentence: (v) => `负载下答案不变：比对 ${count(v['checked'])} 个，没有变动；${count(v['oracles'])} 条判据成立。`,
    advice: '无需处理。',
  },
};
