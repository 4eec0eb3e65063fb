/** What the reference server refuses where `serve` starts it: English to Chinese, `{0}`, `{1}`, … for what is put in. Its log stays as it is. */
export const ofServe: readonly (readonly [string, string])[] = [
  ['Port {0} on {1} is taken; choose another with --port, or 0 for any free one.', '{1} 的端口 {0} 已被占用；请用 --port 换一个，0 表示任一空闲端口。'],
  ['Port {0} needs rights this user does not have; choose one above 1023 with --port.', '当前用户无权使用端口 {0}；请用 --port 选择 1023 以上的端口。'],
  ['This machine has no address {0} to listen on; choose another with --host.', '本机没有可供监听的地址 {0}；请用 --host 换一个。'],
  ['Cannot listen on {0}: {1}', '无法在 {0} 上监听：{1}'],
  ['"{0}" is not a flag; --help lists them.', '“{0}”不是参数；--help 列出了全部参数。'],
  ['There is no flag {0}; --help lists them.', '没有参数 {0}；--help 列出了全部参数。'],
  ['{0} needs a value.', '{0} 缺少值。'],
  ['--{0} takes {1}, not "{2}".', '--{0} 应为{1}，而不是“{2}”。'],
  ['a number from {0} to {1}', ' {0} 到 {1} 的数'],
  ['a whole number from {0} to {1}', ' {0} 到 {1} 的整数'],
  ['a value', '非空的值'],
  ['a duration such as 50ms, at most {0}s', '时长，例如 50ms，至多 {0}s'],
  ['--cache 0 is not a size; --cache off switches the cache off.', '--cache 0 不是大小；要关闭缓存请用 --cache off。'],
  ['--simulated says what --model simulated costs; it means nothing for another model.', '--simulated 写的是 --model simulated 的开销，对其他模型没有意义。'],
];
