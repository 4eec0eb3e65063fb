import type { Flag } from './options.js';
import { normaliseSteps } from './normalise/index.js';
import { simulatedExample } from './simulated/settings.js';

/** 各参数的中文含义；次序与默认值见 options.ts。 */
export const meaningsInChinese: Readonly<Record<Flag, string>> = {
  model: 'address-mini、address-mini-bi、mgeo-shape-mini、mgeo-shape-base、模型文件夹，或 simulated',
  precision: '模型权重：fp32、fp16、int8',
  execution: '用什么计算：cpu、cuda，或 auto（有 cuda 就用，否则用 cpu）',
  simulated: `与 --model simulated 同用，它的开销（默认：${simulatedExample}）`,
  batching: 'none、window、greedy、token-budget',
  bucket: '只让长度相近的文本同批：on 或 off',
  'max-batch': '一批中的文本数',
  'max-delay': '一条文本等待同批的时间（window）',
  'token-budget': '一批中填充后的词元数',
  cache: '记住的地址数、字节数（例如 64MiB），或 off',
  workers: '推理进程数；auto = 每核一个，至多 8 个；加速器上一个。与 --model simulated 同用：同时发给它的批次数',
  'intra-threads': '每个推理进程的线程数',
  threshold: '相似度达到该值时标签为 "match"，用于自身没有标签的模型',
  host: '监听的地址',
  port: '监听的端口；0 = 任意空闲端口',
  'max-chars': '一条地址的字符数；更长的返回 400，设置 --normalize truncate 时截短',
  'max-body': '一个请求体的字节数',
  'max-pairs': '对 /similarity/batch 的一个请求中的对数',
  'max-queue': '可以等待的文本数；超过时请求得到 429',
  deadline: '一条文本可以等待的毫秒数（或 2s），超过返回 503；或 off',
  'infer-limit': '一次推理可用的毫秒数（或 2s），超过则放弃并返回 504；或 off',
  'drain-s': '收到 SIGTERM 后留给进行中请求的秒数',
  'log-level': 'trace、debug、info、warn、error、fatal、silent',
  'log-file': '日志文件（默认：标准错误）',
  'cache-dir': '存放所生成模型的文件夹（默认：用户的缓存）',
  normalize: `比较之前对地址的修改：off、all，或其中一部分：${normaliseSteps.join(',')}`,
  fallback: '推理失败超过 5 % 期间由词语（TF-IDF）回答，并标明 degraded：on 或 off',
  fault: '为演练预设的故障，仅限本机回环，可重复：error:0.1@5s..15s、crash-after:100、hang……',
  'fault-begin': '预设的故障在服务就绪时开始，或由 POST /faults/begin 通知后开始：ready 或 told',
};
