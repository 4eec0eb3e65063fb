/** English to Chinese, `{name}` for what is put in. The test of this file finds every sentence that is missing. */
export const sentences: readonly (readonly [string, string])[] = [
  ['Interrupted.', '已中断。'],
  ['Terminated.', '已被终止。'],
  ['What was measured is kept and rendered. Interrupt again to stop at once.', '已测得的数据会保留并生成报告。再按一次立即停止。'],
  ['No half-written file is left behind.', '不会留下写了一半的文件。'],
  ['golden answers', '基准答案'],
  ['probe pairs', '知识探测对'],
  ['abnormal requests', '异常请求'],
  ['oracles', '答案性质检查'],
  ['building k6 {version}: {line}', '正在编译 k6 {version}：{line}'],
  ['reading {name}, MiB', '正在读取 {name}，MiB'],
  ['checking pairs, MiB', '正在检查地址对，MiB'],
  ['counting pairs', '正在统计地址对'],
  ['making pairs', '正在生成地址对'],
];
