import type { CliText } from './en.js';

/** Simplified Chinese. */
export const zhCN: CliText = {
  colon: '：',
  phases: {
    plan: '正在读取场景',
    prepare: '正在查找压测引擎',
    dataset: '正在生成地址对',
    boot: '正在启动服务',
    probe: '正在逐个获取基准答案',
    load: '正在施加负载',
    job: '正在运行任务',
    analyse: '正在分析',
    report: '正在生成报告',
  },
  warning: (text) => `警告：${text}`,
  progress: {
    starting: (stage, place) => `${stage}（${place}）：开始`,
    stageOf: (n, all) => `第 ${String(n)} 阶段，共 ${String(all)} 个`,
    probe: (n) => `第 ${String(n)} 次试探`,
    jobStarting: '任务：开始',
    job: '任务',
    warmingUp: (seconds) => `预热中，还有 ${seconds} 秒`,
    seconds: (now) => `${now} 秒`,
    secondsOf: (now, all) => `${now}/${all} 秒`,
    lines: (n) => `${String(n)} 行`,
    rps: (value) => `RPS ${value}`,
    p95: (value) => `p95 ${value === null ? '—' : `${value} ms`}`,
    errors: (n) => `错误 ${String(n)}`,
    errorsShort: (n) => `错 ${String(n)}`,
    vram: (value) => `显存 ${value}`,
    vramAbsent: {
      'not-found': '无 GPU', 'no-device': '无 GPU', 'no-driver': '无驱动', 'unsupported': '不可读', 'off': '已关闭', 'failed': '读取失败', 'pending': '…',
    },
    vramWhy: (why) => `显存：${why}`,
    ended: {
      'completed': '已完成', 'interrupted': '已中断', 'engine-failed': '引擎出错', 'server-failed': '服务出错', 'job-failed': '任务失败', 'not-started': '未开始',
    },
    interrupted: '正在停止；已测得的数据会保留并生成报告。再按一次立即停止。',
  },
  search: {
    states: { pass: '通过', fail: '未通过', undecided: '未定', invalid: '无效', unstable: '不稳定' },
    confirming: '（确认）',
    counted: (gate, bad, n, allowed) => `，${gate}：${n} 个中有 ${bad} 个超限，须少于 ${allowed} %`,
    needed: (n) => `；需要 ${n} 个请求才能判定`,
    invalid: (why) => `，测量无效：${why}`,
    unstable: (ended, asked) => `，到达快于处理：每秒 ${asked} 个请求中只完成 ${ended} 个`,
  },
  open: {
    inCi: '没有打开报告：当前是 CI 任务。',
    noScreen: '没有打开报告：本机没有屏幕（未设置 DISPLAY、WAYLAND_DISPLAY 和 BROWSER）。',
    noProgram: (names) => `没有打开报告：PATH 中没有 ${names}。`,
    failed: (program, why) => `没有打开报告：${program}：${why}。`,
  },
  failure: {
    error: (sentence) => `错误：${sentence}`,
    hint: (sentence) => `提示：${sentence}`,
    bug: '这是本工具自身的缺陷，不代表被测服务的结论。请附上以下内容报告问题。',
  },
};
