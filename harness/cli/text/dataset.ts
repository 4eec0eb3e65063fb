/** What `dataset make`, `dataset check` and `fit` say when they are done. */
import type { Language } from '../../report/index.js';

const pairs = (n: string): string => (n === '1' ? '1 pair' : `${n} pairs`);

const en = {
  colon: ': ',
  made: (n: string, took: string, perS: string, memory: string) => `${pairs(n)} in ${took} (${perS} pairs/s), peak memory ${memory}`,
  more: (n: string) => `… and ${n} more`,
  pairs,
  own: ', of your own: classes and operators are not checked',
  nothingWrong: 'nothing is wrong',
  wrong: (n: string) => `${n} wrong`,
  pair: { certified: ', certified', tokenIdentical: 'token-identical', line: (line: number, labels: string) => `line ${String(line)}${labels === '' ? '' : `, ${labels}`}`, or: ' or ', cut: (characters: number) => `… (${String(characters)} characters)` },
  profile: {
    comma: ', ',
    // What begins a line, as wide as the widest of them and two.
    pairs: 'pairs       ',
    characters: 'characters  ',
    fields: 'fields      ',
    repeats: 'repeats     ',
    gaps: 'gaps        ',
    labels: 'labels      ',
    lengths: (mean: string, p50: string, p90: string, max: string) => `mean ${mean}, p50 ${p50}, p90 ${p90}, max ${max}`,
    cameBefore: (pairs: string, addresses: string) => `${pairs} of the pairs and ${addresses} of the addresses came before`,
    noTimes: 'no times in the log',
    gapsOf: (mean: string, variation: string) => `mean ${mean} ms, ${variation} times that as standard deviation`,
    noLabels: 'none in the log',
    labelsOf: (exact: string, partial: string, not: string) => `exact ${exact}, partial ${partial}, not ${not}`,
    written: (bytes: string) => `${bytes} bytes, no text of the log`,
  },
};

const zhCN: typeof en = {
  colon: '：',
  made: (pairs, took, perS, memory) => `${pairs} 对，用时 ${took}（每秒 ${perS} 对），内存峰值 ${memory}`,
  more: (n) => `……还有 ${n} 处`,
  pairs: (n) => `${n} 对`,
  own: '，为自有数据：不检查类别和算子',
  nothingWrong: '没有问题',
  wrong: (n) => `${n} 处有误`,
  pair: { certified: '，已确证', tokenIdentical: '词元相同', line: (line, labels) => `第 ${String(line)} 行${labels === '' ? '' : `，${labels}`}`, or: ' 或 ', cut: (characters) => `…（共 ${String(characters)} 个字符）` },
  profile: {
    comma: '、',
    pairs: '地址对    ',
    characters: '字符数    ',
    fields: '字段      ',
    repeats: '重复      ',
    gaps: '间隔      ',
    labels: '标签      ',
    lengths: (mean, p50, p90, max) => `平均 ${mean}，p50 ${p50}，p90 ${p90}，最长 ${max}`,
    cameBefore: (pairs, addresses) => `${pairs} 的地址对和 ${addresses} 的地址此前出现过`,
    noTimes: '日志中没有时间',
    gapsOf: (mean, variation) => `平均 ${mean} ms，标准差是平均值的 ${variation} 倍`,
    noLabels: '日志中没有标签',
    labelsOf: (exact, partial, not) => `exact ${exact}，partial ${partial}，not ${not}`,
    written: (bytes) => `${bytes} 字节，不含日志中的文字`,
  },
};

/** In the language of the run. */
export function datasetWords(language: Language): typeof en {
  return language === 'en' ? en : zhCN;
}
