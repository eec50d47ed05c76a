'use strict';
// The list of prompts: what is typed and chosen narrows it. Every word that a prompt says was put here as text, and stays text.
function list() {
  const rows = [...document.querySelectorAll('tbody tr')], words = document.getElementById('words'), count = document.getElementById('count');
  const filters = [...document.querySelectorAll('select[data-filter]')];
  const narrow = () => {
    const typed = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, i) => {
      const said = row.textContent.toLowerCase() + ' ' + (texts[i] ?? '');
      const has = ({ value, dataset }) => !value || row.getAttribute(`data-${dataset.filter}`).split('\n').includes(value);
      const fits = typed.every(word => said.includes(word)) && filters.every(has);
      row.hidden = !fits;
      if (fits) shown++;
    });
    count.textContent = `${shown} of ${rows.length}`;
    const state = new URLSearchParams();
    if (words.value) state.set('words', words.value);
    for (const f of filters) if (f.value) state.set(f.dataset.filter, f.value);
    history.replaceState(null, '', '#' + state);
  };
  const state = new URLSearchParams(location.hash.slice(1));
  words.value = state.get('words') ?? '';
  for (const f of filters) f.value = state.get(f.dataset.filter) ?? '';
  words.addEventListener('input', narrow);
  for (const f of filters) f.addEventListener('change', narrow);
  narrow();
  addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/' && document.activeElement !== words) { words.focus(); words.select(); event.preventDefault(); }
    if (event.key === 'Escape') { words.value = ''; for (const f of filters) f.value = ''; narrow(); }
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && document.activeElement.tagName !== 'SELECT') {
      const links = rows.filter(row => !row.hidden).map(row => row.querySelector('a'));
      const at = links.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
      (links[at] ?? words).focus();
      event.preventDefault();
    }
  });
}

// A prompt's page: any two versions beside one another.
function compare(data) {
  const { lines, versions } = JSON.parse(data.textContent);
  const [old, now] = document.querySelectorAll('.compare select'), shown = document.getElementById('difference');
  const show = () => {
    const a = versions[old.value], b = versions[now.value];
    shown.replaceChildren(...(a && b ? rows(difference(a, b)) : []));
    if (!shown.firstChild) shown.textContent = 'No difference.';
  };
  const rows = changes => {
    const out = [];
    changes.forEach((change, i) => {
      const near = changes.slice(Math.max(0, i - 3), i + 4).some(c => c.sign !== ' ');
      if (!near) { if (out.at(-1)?.className !== 'gap') out.push(span('gap', '⋯')); return; }
      out.push(span(change.sign === '+' ? 'new' : change.sign === '-' ? 'old' : '', `${change.sign} ${lines[change.line]}`));
    });
    return out.every(row => row.className === 'gap') ? [] : out;
  };
  const span = (name, text) => { const row = document.createElement('span'); row.className = name; row.textContent = text; return row; };
  old.addEventListener('change', show);
  now.addEventListener('change', show);
  show();
}

// The longest common run of lines, behind what both begin and end with.
function difference(a, b) {
  let start = 0, end = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const x = a.slice(start, a.length - end), y = b.slice(start, b.length - end), middle = [];
  if (x.length * y.length > 4_000_000) middle.push(...x.map(line => ({ sign: '-', line })), ...y.map(line => ({ sign: '+', line })));
  else {
    const longest = Array.from({ length: x.length + 1 }, () => new Uint16Array(y.length + 1));
    for (let i = x.length - 1; i >= 0; i--) {
      for (let j = y.length - 1; j >= 0; j--) longest[i][j] = x[i] === y[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
    for (let i = 0, j = 0; i < x.length || j < y.length;) {
      if (i < x.length && j < y.length && x[i] === y[j]) { middle.push({ sign: ' ', line: x[i] }); i++; j++; }
      else if (j >= y.length || (i < x.length && longest[i + 1][j] >= longest[i][j + 1])) middle.push({ sign: '-', line: x[i++] });
      else middle.push({ sign: '+', line: y[j++] });
    }
  }
  const same = line => ({ sign: ' ', line });
  return [...a.slice(0, start).map(same), ...middle, ...a.slice(a.length - end).map(same)];
}

if (document.getElementById('words')) list();
const data = document.getElementById('versions');
if (data) compare(data);
addEventListener('keydown', event => {
  const up = document.querySelector('a[rel=up]');
  if (up && event.key === 'u' && !event.ctrlKey && !event.metaKey && !event.altKey && document.activeElement.tagName !== 'SELECT') location.href = up.href;
});
addEventListener('beforeprint', () => { for (const part of document.querySelectorAll('details')) part.open = true; });
