/** 离线批量的中文词条。 */
import type { OfflineText } from './en-offline.js';

export const offline: OfflineText = {
  title: '全部地址对各一次',
  pairs: (count) => `${count} 对地址`,
  load: (pairs, how, inFlight) => `离线：${pairs} 对地址各发一次，${how}，同时 ${inFlight} 个请求`,
  mix: (parts) => `同时进行：${parts}`,
  batches: (pairs) => `每个请求 ${pairs} 对`,
  singles: '每个请求一对',
  done: (pairs, time, rate) => `${pairs} 对地址全部完成，用时 ${time}：${rate}`,
  partly: (answered, pairs, time, rate) => `${pairs} 对地址中 ${answered} 对得到答复，全部请求在 ${time} 后结束：${rate}`,
  notInTime: (answered, pairs, limit, rate) => `未能按时答完：${limit} 内答复了 ${pairs} 对中的 ${answered} 对，${rate}`,
  cutShort: (answered, pairs, time) => `提前中断：${time} 内答复了 ${pairs} 对中的 ${answered} 对`,
  rate: (rate) => `每秒 ${rate} 对`,
  how: (requests, how, inFlight) => `${requests} 个请求，${how}，同时 ${inFlight} 个`,
  noEndpoint: (asked) => `该接口格式没有批量端点，因此每对地址单独调用（原要求每个请求 ${asked} 对）`,
  head: { answered: '已答', refused: '被拒', failed: '失败', missing: '未按时', rate: '对/s', time: '总用时', requests: '请求', batch: '每请求对数', inFlight: '同时请求' },
  note: '每对地址只发送一次。总用时：从第一次发送到最后一个答复；若有请求未按时结束则为“—”。对/s：已答对数除以该用时。失败的地址对不会重发。延迟是整个请求的延迟。',
  axis: '对/s',
  caption: (sentence) => `${sentence}。`,
  atMost: (time) => `最多 ${time}`,
};
