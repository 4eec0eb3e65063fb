import { chartSize } from '../html/chart/theme.js';

/**
 * The live page's script: asks once a second for what is new, and draws it. What comes from outside is put in as text alone. A page
 * that nobody looks at asks for nothing.
 */
export const liveScript = `(() => {
  const words = JSON.parse(document.getElementById('words').textContent);
  const [width, height, left, right, bottom, row] = [${String(chartSize.width)}, ${String(chartSize.height)}, 52, 12, 38, 18];
  const points = [];
  let stages = [];
  let lines = [];
  let after = 0;
  let lost = 0;
  const el = (parent, name, attributes, text) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const key of Object.keys(attributes)) made.setAttribute(key, String(attributes[key]));
    if (text !== undefined) made.textContent = text;
    parent.append(made);
    return made;
  };
  const ticks = (most, wanted) => {
    const raw = most / wanted;
    const size = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map((n) => n * size).find((n) => n >= raw);
    return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, i) => Number((i * step).toPrecision(6)));
  };
  const folded = (key, how) => {
    const size = Math.ceil(points.length / 240);
    const out = [];
    for (let i = 0; i < points.length; i += size) {
      const values = points.slice(i, i + size).map((point) => point[key]).filter((value) => typeof value === 'number');
      out.push([points[i].t, values.length === 0 ? null : how === 'max' ? Math.max(...values) : values.reduce((sum, value) => sum + value, 0) / values.length]);
    }
    return out;
  };
  const shown = (value) => (value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3))));
  const draw = (figure, why) => {
    const box = document.getElementById('figure-' + figure.id);
    const svg = box.querySelector('svg');
    const empty = box.querySelector('p');
    const named = figure.series.flatMap(([key, name]) => [[key, name], ...lines.filter(({ base }) => base === key).map(({ key, of }) => [key, name + ' ' + of])]);
    const series = named.map(([key, name]) => ({ key, name, line: folded(key, figure.fold) })).filter(({ line }) => line.some(([, value]) => value !== null)).map((one, i) => ({ ...one, colour: 'var(--c' + String(i % 8 + 1) + ')', latest: one.line.reduce((kept, [, value]) => value ?? kept, null) }));
    box.hidden = figure.optional === true && series.length === 0;
    empty.hidden = series.length > 0;
    svg.toggleAttribute('hidden', series.length === 0);
    if (series.length === 0) { empty.textContent = figure.id === 'vram' && why ? why : words.nothing; return; }
    svg.replaceChildren();
    // The legend first: how many rows it takes says where the plot begins.
    let [at, below] = [left, 0];
    for (const { name, colour, latest } of series) {
      const label = el(svg, 'text', { y: 0, 'font-size': 12.5, fill: 'var(--ink)' }, name + ' ' + shown(latest));
      const wide = 17 + label.getComputedTextLength();
      if (at > left && at + wide > width) [at, below] = [left, below + row];
      label.setAttribute('x', String(at + 17));
      label.setAttribute('y', String(16 + below));
      el(svg, 'rect', { x: at, y: 6 + below, width: 12, height: 12, fill: colour });
      at += wide + 17;
    }
    const top = 26 + below;
    const first = Math.floor(points[0].t);
    const last = Math.max(first + 5, points[points.length - 1].t);
    // Where all is 0 the axis ends at 1.
    const most = (Math.max(...series.flatMap(({ line }) => line.map(([, value]) => value ?? 0))) || 1) * 1.05;
    const x = (t) => left + (Math.max(0, t - first) / (last - first)) * (width - left - right);
    const y = (value) => height - bottom - (value / most) * (height - top - bottom);
    stages.forEach(({ from, to }, i) => { if (i % 2 === 0) el(svg, 'rect', { x: x(from), y: top, width: Math.max(0, x(Math.min(to ?? last, last)) - x(from)), height: height - top - bottom, fill: 'var(--band)', opacity: 0.12 }); });
    for (const value of ticks(most, 4)) {
      el(svg, 'line', { x1: left, x2: width - right, y1: y(value), y2: y(value), stroke: 'var(--grid)' });
      el(svg, 'text', { x: left - 6, y: y(value) + 4, 'text-anchor': 'end', 'font-size': 12, fill: 'var(--muted)' }, shown(value));
    }
    for (const value of ticks(last, 6 * last / (last - first)).filter((value) => value >= first)) el(svg, 'text', { x: x(value), y: height - bottom + 16, 'text-anchor': 'middle', 'font-size': 12, fill: 'var(--muted)' }, shown(value));
    el(svg, 'text', { x: (left + width - right) / 2, y: height - 4, 'text-anchor': 'middle', 'font-size': 12, fill: 'var(--muted)' }, words.seconds);
    for (const { key, colour, line } of series) {
      let path = '';
      let pen = false;
      // Parts of a mix speak in turn, so that between two points of one there are those of the others.
      const may = key.includes('@') ? 4 : 0;
      let missed = 0;
      for (const [t, value] of line) {
        if (value === null) { missed += 1; if (missed > may) pen = false; continue; }
        missed = 0;
        path += (pen ? 'L' : 'M') + x(t).toFixed(1) + ' ' + y(value).toFixed(1);
        pen = true;
      }
      el(svg, 'path', { d: path, fill: 'none', stroke: colour, 'stroke-width': 2, 'stroke-linejoin': 'round', 'stroke-linecap': 'round' });
    }
    svg.setAttribute('aria-label', figure.title + ': ' + series.map(({ name, latest }) => name + ' ' + shown(latest)).join(', '));
  };
  const state = (text) => { document.getElementById('state').textContent = text; };
  const take = (news) => {
    points.push(...news.points);
    after = news.next;
    stages = news.stages;
    lines = news.lines;
    document.getElementById('line').textContent = news.line;
    const list = document.getElementById('notes');
    list.replaceChildren(...news.notes.map((text) => { const item = document.createElement('li'); item.textContent = text; return item; }));
    document.getElementById('notes-box').hidden = news.notes.length === 0;
    for (const figure of words.figures) draw(figure, news.vramWhy);
    state(news.ended ? words.ended : news.stages.length === 0 ? words.waiting : words.going);
    return news.ended;
  };
  const ask = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch('data?after=' + String(after) + '&lang=' + document.documentElement.lang, { cache: 'no-store' });
        if (!answer.ok) throw new Error(String(answer.status));
        lost = 0;
        if (take(await answer.json())) return;
      } catch {
        lost += 1;
        if (lost > 2) { state(words.gone); return; }
      }
    }
    setTimeout(ask, 1000);
  };
  void ask();
})();`;
