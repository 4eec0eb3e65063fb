/** The page's style sheet and its one small script. Both stand in the page and are named by hash in its security policy. */
import { palette } from './chart/theme.js';

function variables(theme: 'light' | 'dark'): string {
  return Object.entries(palette[theme]).map(([name, value]) => `--${name}:${value}`).join(';');
}

const light = `${variables('light')};--paper:#fff;--card:#f6f8fa;--line:#d0d7de;--pass:#116329;--fail:#a40e26;--unsure:#7a4f01;--void:#5a3e9b;--link:#0550ae`;
const dark = `${variables('dark')};--paper:#0d1117;--card:#161b22;--line:#30363d;--pass:#56d364;--fail:#ff938a;--unsure:#e3b341;--void:#c8a8ff;--link:#79c0ff`;

const fonts = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif';

export const styleSheet = `
:root{color-scheme:light dark;${light}}
@media (prefers-color-scheme:dark){:root{${dark}}}
@media print{:root{color-scheme:light;${light}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;overflow-wrap:anywhere;background:var(--paper);color:var(--ink);font:15px/1.55 ${fonts}}
:lang(zh-CN){line-height:1.7}
main,header,footer{max-width:1200px;margin:0 auto;padding:0 24px}
header{padding-top:28px}
h1{font-size:26px;line-height:1.25;margin:0}
h2{font-size:20px;line-height:1.3;margin:44px 0 12px;padding-bottom:6px;border-bottom:1px solid var(--line)}
h3{font-size:15px;line-height:1.4;margin:0 0 6px}
section>h3{margin-top:26px}
p{margin:8px 0}
a{color:var(--link)}
.brand,.note,figcaption,.absent p{color:var(--muted)}
.note,figcaption{font-size:.9em}
.question{font-size:1.13em;margin:6px 0 0;color:var(--muted)}
nav{display:flex;flex-wrap:wrap;gap:4px 18px;margin:16px 0 0;font-size:.93em}
.verdict{display:grid;grid-template-columns:auto 1fr;gap:2px 18px;align-items:center;margin:22px 0 8px;padding:18px 22px;border:1px solid var(--line);border-left:8px solid var(--tone);border-radius:8px;background:var(--card)}
.verdict .symbol{grid-row:span 2;font-size:2.9em;line-height:1;color:var(--tone);font-weight:700}
.verdict .word{font-size:1.45em;font-weight:700;color:var(--tone);margin:0;line-height:1.3}
.verdict .sentence{font-size:1.13em;margin:0;line-height:1.5}
.pass,.valid,.good{--tone:var(--pass)}.fail,.bad{--tone:var(--fail)}.inconclusive,.suspect,.warn{--tone:var(--unsure)}.invalid{--tone:var(--void)}.skipped,.info{--tone:var(--muted)}
.tag{color:var(--tone);font-weight:600;white-space:nowrap}
.badges{display:flex;flex-wrap:wrap;gap:8px;margin:10px 0;padding:0;list-style:none}
.badges li{padding:3px 10px;border:1px solid var(--tone);border-radius:14px;font-size:.9em;max-width:100%}
.notice{margin:16px 0;padding:12px 18px;border:1px solid var(--line);border-left:6px solid var(--fail);border-radius:6px}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(270px,1fr));gap:10px 28px;margin:20px 0}
.facts div{min-width:0}
.facts dt{font-size:.83em;color:var(--muted)}
.facts dd{margin:0}
.cards{display:grid;gap:12px;padding:0;margin:12px 0;list-style:none}
.cards li{padding:14px 18px;border:1px solid var(--line);border-left:6px solid var(--tone);border-radius:6px;background:var(--card);min-width:0}
.cards p{margin:4px 0}
.cards .sentence{font-size:1.06em}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(480px,100%),1fr));gap:20px}
figure{margin:0;padding:14px 16px;border:1px solid var(--line);border-radius:8px;min-width:0;break-inside:avoid}
figure.absent{align-self:start}
figure svg{display:block;width:100%;height:auto;font-family:${fonts}}
figcaption{margin-top:8px}
details{margin-top:8px;font-size:.9em}
summary{cursor:pointer;color:var(--link)}
details .scroll{max-height:340px}
details table{font-size:1em}
.scroll{overflow:auto;max-width:100%;margin:10px 0}
table{overflow-wrap:break-word;border-collapse:collapse;font-size:.9em;font-variant-numeric:tabular-nums;line-height:1.4}
section>.scroll>table{min-width:100%}
.figures h3{margin-top:0}
.tables{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(430px,100%),1fr));gap:0 28px}
.tables>div{min-width:0}
.tables h3,.figures>div>h3{margin-top:26px}
.pair{display:block;min-width:200px}.pair+.pair{color:var(--muted)}
th,td{padding:6px 10px;border-bottom:1px solid var(--line);text-align:right;vertical-align:top;white-space:nowrap;font-weight:400}
thead th{color:var(--muted);border-bottom-width:2px;font-weight:600;vertical-align:bottom}
thead th{white-space:normal;word-break:keep-all}
th.w,td.w{text-align:left;white-space:normal;overflow-wrap:break-word;max-width:340px}
th.w:first-child{min-width:112px}
td.w{min-width:76px}
th.w code{display:block;min-width:150px;max-width:320px}
th.p,td.p{min-width:230px;max-width:460px}
small{font-size:.86em}
td small{display:block;color:var(--muted)}
code,pre{font:.9em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
pre{margin:8px 0;padding:12px 14px;background:var(--card);border:1px solid var(--line);border-radius:6px;white-space:pre-wrap}
ul.limits{margin:6px 0;padding-left:22px}
.calculator{display:flex;flex-wrap:wrap;gap:10px 18px;align-items:end;margin:14px 0;padding:14px 18px;border:1px solid var(--line);border-radius:8px;background:var(--card)}.calculator[hidden]{display:none}.calculator h3{flex-basis:100%;margin:0}.calculator label{display:grid;gap:2px;font-size:.87em;color:var(--muted)}.calculator input{width:104px;padding:5px 8px;border:1px solid var(--line);border-radius:5px;background:var(--paper);color:var(--ink);font:inherit}.calculator p{margin:0;display:grid;font-size:.87em;color:var(--muted)}.calculator output{font-size:1.6em;line-height:1.35;font-weight:700;color:var(--ink)}
footer{padding-top:24px;padding-bottom:40px;color:var(--muted);font-size:.87em}
.tip{position:fixed;z-index:9;max-width:320px;padding:5px 9px;border-radius:5px;background:var(--ink);color:var(--paper);font-size:13px;line-height:1.4;pointer-events:none}
a:focus-visible,summary:focus-visible,input:focus-visible,.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
@media (max-width:640px){body{font-size:15px}main,header,footer{padding-left:14px;padding-right:14px}h1{font-size:22px}h2{margin-top:34px}.verdict{padding:14px;gap:2px 12px}.verdict .symbol{font-size:2.3em}.verdict .word{font-size:1.27em}.verdict .sentence{font-size:1.06em}figure{padding:10px 4px;margin:0 -10px}figure h3,figcaption,figure details,figure>p{padding:0 6px}.facts{grid-template-columns:1fr 1fr;gap:10px 14px}}
@media screen and (max-width:640px){.stacks thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.stacks,.stacks tbody,.stacks tr,.stacks th{display:block}.stacks tr{padding:8px 0;border-bottom:1px solid var(--line)}.stacks tbody th,.stacks td{width:auto;min-width:0;max-width:none;padding:2px 0;border:0;text-align:left;white-space:normal}.stacks td{display:grid;grid-template-columns:minmax(84px,32%) 1fr;gap:10px}.stacks td:empty{display:none}.stacks td::before{content:attr(data-name);color:var(--muted)}.stacks th code{min-width:0;max-width:none}}
@media print{body{font-size:11.5px}main,header,footer{max-width:none;padding:0}nav,.tip,.calculator,details:not([open]){display:none}header{padding-top:0}h2{margin-top:22px;break-after:avoid}.figures{grid-template-columns:1fr 1fr;gap:10px}.scroll,details .scroll{overflow:visible;max-height:none}h1{font-size:20px}h2{font-size:15px}h3{font-size:12.5px}table{font-size:8.3px}th,td{padding:3px 4px}th.w:first-child,td.w,th.w code,.pair{min-width:0}th.p,td.p{min-width:120px}pre{padding:6px 8px}.cards li,figure{padding:8px 10px}.facts{grid-template-columns:repeat(4,1fr);gap:6px 14px}.verdict{break-inside:avoid}tr,.cards li{break-inside:avoid}}
`.replace(/\n/g, '');

/** Labels of marks become tooltips, by text only. Nothing else in the page depends on it. */
export const script = `(()=>{const t=document.createElement('div');t.className='tip';t.hidden=true;document.body.append(t);const hide=()=>{t.hidden=true};document.addEventListener('pointerover',e=>{const m=e.target.closest&&e.target.closest('svg [aria-label]');const s=m&&m.getAttribute('aria-label');if(!s){hide();return}t.textContent=s;t.hidden=false;const r=m.getBoundingClientRect(),b=t.getBoundingClientRect(),w=document.documentElement.clientWidth;const big=r.width>60;const x=big?e.clientX:r.left+r.width/2,y=big?e.clientY:r.top;t.style.left=Math.max(4,Math.min(w-b.width-4,x-b.width/2))+'px';t.style.top=(y-b.height-8<4?y+18:y-b.height-8)+'px'});document.addEventListener('scroll',hide,{passive:true});document.addEventListener('keydown',e=>{if(e.key==='Escape')hide()})})();`;
