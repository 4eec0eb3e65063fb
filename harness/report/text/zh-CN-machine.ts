/** 机器、GPU、引擎与模型的名称，在记录中以英文保存。 */
const words: readonly (readonly [RegExp, string])[] = [
  [/, (\d+) cores, (\d+) GiB/g, '，$1 核，$2 GiB'],
  [/, unknown memory(?=;|$| →)/g, '，显存未知'],
  [/([,;]) driver unknown(?=$| →)/g, '，驱动未知'],
  [/[,;] driver (?=\S+(?:$| →| ·))/g, '，驱动 '],
  [/(^|→ )no GPU(?=$| →)/g, '$1没有 GPU'],
  [/(^|→ )no engine(?=$| →)/g, '$1没有引擎'],
  [/(^|→ )unknown model/g, '$1未知模型'],
  [/(^|; )(\d+) more settings$/, '$1另有 $2 项设置'],
];

/** “Xeon, 2 cores, 8 GiB → EPYC, 4 cores, 16 GiB” 中的英文词改为中文；名称与单位不变。 */
export function machineInChinese(name: string): string {
  return words.reduce((text, [english, chinese]) => text.replace(english, chinese), name);
}
