/**
 * The calculator of replicas and of what they cost, as the page's script: the formula of analysis/capacity/replicas.ts over what is typed. A dash where an entry is no number of its kind.
 * The page is whole without it.
 */
export const calculatorScript = `(()=>{const f=document.getElementById('calculator');if(!f)return;const c=Number(f.dataset.rate),o=f.elements.namedItem('replicas'),p=f.elements.namedItem('cost'),v=n=>{const i=f.elements.namedItem(n);return i.value!==''&&i.validity.valid?Number(i.value):0/0};const go=()=>{const n=v('target')*(1+v('growth')/100)*(1+v('burst')/100)/(c*v('balance')/100*(1-v('headroom')/100)),r=Math.max(1,Math.ceil(n*(1-1e-12)))+v('spare');s=Number.isFinite(r)&&n>0,m=r*v('price');o.textContent=s?String(r):'\\u2014';p.textContent=s&&Number.isFinite(m)?m.toLocaleString('en-US',{maximumFractionDigits:2}):'\\u2014'};f.addEventListener('input',go);f.addEventListener('submit',e=>e.preventDefault());f.hidden=false;go()})();`;
