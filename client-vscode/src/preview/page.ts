/** The preview's page: messages as cards. Text goes in as text, never as markup. */
import type { Failure, Message, Preview, Value } from '../protocol';
import { make } from './elements';
import { InputForm } from './form';
import type { CopyFormat, FromPage, PageState, Place, Target, ToPage } from './messages';

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; getState(): PageState | undefined; setState(state: PageState): void };

const editor = acquireVsCodeApi();
const colours = 6;

const picker = byId('picker'), sample = byId('sample') as HTMLSelectElement, tokens = byId('tokens'), meter = byId('meter');
const legend = byId('legend'), failure = byId('failure'), messages = byId('messages');
const tools = byId('tools'), edit = byId('edit'), fields = byId('inputs'), copy = byId('copy') as HTMLSelectElement;

const save = make('button', 'save', 'Save as a sample…');
const form = new InputForm(fields, (name, text) => editor.postMessage({ kind: 'input', name, text }), save);

let shown: { uri: string; preview: Preview } | undefined;
// Stays while there is nothing to show, as when the server starts anew.
let isFormOpen = false;
let cards: { key: string; element: HTMLElement }[] = [];
let cursor: { uri: string; at: Place } | undefined;

const gap = make('p', 'gap', 'The conversation so far');
gap.title = 'Here the application puts the messages that there are already';

window.addEventListener('message', (event: MessageEvent<ToPage>) => {
  const said = event.data;
  switch (said.kind) {
    case 'preview': return show(said.uri, said.preview, said.changed);
    case 'nothing': return showNothing(said.uri, said.text);
    case 'cursor': return point(said.uri, said.at, said.follow);
  }
});
sample.addEventListener('change', () => editor.postMessage({ kind: 'sample', name: sample.value }));
save.addEventListener('click', () => editor.postMessage({ kind: 'save' }));
edit.addEventListener('click', () => showForm(!isFormOpen));
copy.addEventListener('change', () => {
  editor.postMessage({ kind: 'copy', as: copy.value as CopyFormat });
  copy.value = '';
});
editor.postMessage({ kind: 'ready' });

function show(uri: string, preview: Preview, changed: Record<string, string>): void {
  const isOther = shown?.uri !== uri;
  // While something is half typed, what it gave before stays in view.
  const wroteNothing = preview.failure !== undefined && !preview.failure.limit && preview.messages.length === 0;
  const isStale = wroteNothing && !isOther && cards.length > 0 && shown?.preview.sample === preview.sample;
  shown = { uri, preview };
  editor.setState({ uri, sample: preview.sample, inputs: changed });
  showSamples(preview);
  tools.hidden = false;
  edit.hidden = preview.inputs.length === 0;
  edit.classList.toggle('changed', Object.keys(changed).length > 0);
  if (Object.keys(changed).length > 0 && isOther) showForm(true);
  form.show(preview.inputs);
  fields.hidden = !isFormOpen || preview.inputs.length === 0;
  showTokens(preview);
  showFailure(preview.failure, isStale);
  messages.classList.toggle('stale', isStale);
  if (!isStale) showMessages(preview, showLegend(preview), isOther);
}

function showForm(isOpen: boolean): void {
  isFormOpen = isOpen;
  fields.hidden = !isOpen;
  edit.setAttribute('aria-expanded', String(isOpen));
}

function showNothing(uri: string, text: string): void {
  shown = undefined;
  cards = [];
  // A window that comes back says this until its server has started: what was chosen before stays.
  if (editor.getState()?.uri !== uri) editor.setState({ uri, sample: null, inputs: {} });
  picker.hidden = meter.hidden = failure.hidden = tools.hidden = fields.hidden = true;
  tokens.replaceChildren();
  legend.replaceChildren();
  messages.replaceChildren(make('p', 'empty', text));
}

function showSamples({ samples, sample: used }: Preview): void {
  picker.hidden = samples.length === 0;
  sample.replaceChildren(...samples.map(name => new Option(name, name, false, name === used)));
}

function showTokens({ tokens: sum, about, tokenLimit: limit, cost, failure }: Preview): void {
  const most = limit === undefined ? '' : ` of ${number(limit)}`, price = cost === undefined ? '' : ` · ${cost}`;
  tokens.textContent = failure && !failure.limit ? 'does not render'
    : sum === undefined ? failure ? '' : 'counting tokens…'
    : `${about ? '≈ ' : ''}${number(sum)}${most} tokens${price}`;
  tokens.title = cost === undefined ? '' : 'What the prompt costs to send, by the prices of promptlsp.yaml';
  const isOver = sum !== undefined && limit !== undefined && sum > limit;
  tokens.classList.toggle('over', isOver);
  meter.hidden = sum === undefined || limit === undefined;
  meter.classList.toggle('over', isOver);
  const bar = meter.firstElementChild;
  if (bar instanceof HTMLElement && sum !== undefined && limit) bar.style.width = `${Math.min(100, (100 * sum) / limit)}%`;
}

/** The inputs that wrote something, each with its colour. */
function showLegend({ messages }: Preview): Map<string, number> {
  const values = messages.flatMap(m => m.parts).flatMap(p => (p.kind === 'text' ? p.values : []));
  const inputs = new Map<string, number>();
  for (const input of values.flatMap(v => v.inputs)) if (!inputs.has(input)) inputs.set(input, inputs.size % colours);
  const untrusted = new Set(values.filter(v => v.untrusted).flatMap(v => v.inputs));
  legend.replaceChildren(...[...inputs].map(([input, colour]) => {
    const chip = make('button', `chip colour-${colour}`, input);
    chip.title = `Show what ${input} wrote`;
    if (untrusted.has(input)) chip.append(make('span', 'outside', 'untrusted'));
    chip.addEventListener('mouseenter', () => mark(input));
    chip.addEventListener('mouseleave', () => mark(undefined));
    chip.addEventListener('focus', () => mark(input));
    chip.addEventListener('blur', () => mark(undefined));
    chip.addEventListener('click', () => find(input)?.scrollIntoView({ block: 'center', behavior: 'smooth' }));
    return chip;
  }));
  return inputs;
}

function showFailure(failed: Failure | undefined, isStale: boolean): void {
  failure.hidden = !failed;
  failure.className = failed?.limit ? 'limit' : '';
  if (!failed) return failure.replaceChildren();
  const link = make('button', 'link', `line ${failed.range.start.line + 1}`);
  link.addEventListener('click', () => go(failed));
  const head = make('strong', '', failed.limit ? 'Only a part is shown: ' : 'This prompt fails: ');
  const reason = make('span', '', `${failed.reason.replace(/\.$/, '')}, `);
  failure.replaceChildren(head, reason, link, make('span', '', isStale ? '. Below is what it gave before.' : ''));
}

// A card that says what it said before stays as it is, so that nothing flickers and a selection lives on.
function showMessages(preview: Preview, inputs: Map<string, number>, isOther: boolean): void {
  const colouring = [...inputs].join();
  const before = isOther ? [] : cards;
  cards = preview.messages.map((message, i) => {
    const key = `${colouring} ${JSON.stringify(message)}`;
    const same = before[i];
    return same?.key === key ? same : { key, element: cardOf(message, inputs) };
  });
  const top = isOther ? 0 : window.scrollY;
  const elements = cards.map(card => card.element);
  if (preview.historyAt !== undefined) elements.splice(preview.historyAt, 0, gap);
  elements.forEach((element, i) => {
    const there = messages.children[i];
    if (!there) messages.append(element);
    else if (there !== element) there.replaceWith(element);
  });
  while (messages.children.length > elements.length) messages.lastElementChild?.remove();
  if (elements.length === 0) messages.replaceChildren(make('p', 'empty', preview.failure ? 'Nothing was written until then.' : 'This prompt writes nothing.'));
  window.scrollTo({ top });
  if (cursor) point(cursor.uri, cursor.at, false);
}

function cardOf(message: Message, inputs: Map<string, number>): HTMLElement {
  const card = make('article', `message ${['system', 'user', 'model', 'tool', 'developer'].includes(message.role) ? message.role : 'other'}`);
  const head = make('h2', '', message.role);
  if (message.history) head.append(make('span', 'badge', 'history'));
  if (message.tokens !== undefined) head.append(make('span', 'tokens', `${number(message.tokens)} tokens${message.cost === undefined ? '' : ` · ${message.cost}`}`));
  card.append(head);
  const range = message.range;
  if (range) {
    head.tabIndex = 0;
    head.title = 'Go to this message';
    onPress(head, () => { if (shown) go({ uri: shown.uri, range }); });
  }
  for (const part of message.parts) {
    switch (part.kind) {
      case 'text':
        card.append(textOf(part.text, part.values, inputs));
        break;
      case 'section':
        card.append(make('div', 'part', `section ${part.name}, filled in by the application`));
        break;
      case 'media':
        card.append(mediaOf(part.url, part.contentType));
        break;
    }
  }
  return card;
}

function textOf(text: string, values: Value[], inputs: Map<string, number>): HTMLElement {
  const block = make('div', 'text');
  let from = 0;
  for (const value of values) {
    block.append(text.slice(from, value.start), valueOf(text.slice(value.start, value.end), value, inputs));
    from = value.end;
  }
  block.append(text.slice(from));
  return block;
}

function valueOf(text: string, value: Value, inputs: Map<string, number>): HTMLElement {
  const [first] = value.inputs;
  const span = make('span', `value ${first === undefined ? 'plain' : `colour-${inputs.get(first) ?? 0}`}${value.untrusted ? ' untrusted' : ''}`, text);
  span.title = [value.inputs.length > 0 ? `from ${value.inputs.join(', ')}` : 'from the template', ...(value.untrusted ? ['comes from outside'] : []), 'click to go there'].join(' · ');
  span.tabIndex = 0;
  span.setAttribute('role', 'link');
  span.dataset['inputs'] = JSON.stringify(value.inputs);
  span.dataset['target'] = JSON.stringify({ uri: value.uri, range: value.range } satisfies Target);
  onPress(span, () => go(value));
  return span;
}

// Only what is in the prompt itself can be shown: the page loads nothing.
function mediaOf(url: string, contentType: string | undefined): HTMLElement {
  if (/^data:image\/(?:png|jpeg|gif|webp);base64,/.test(url)) {
    const image = document.createElement('img');
    image.src = url;
    image.alt = contentType ?? 'image';
    return image;
  }
  return make('div', 'part', `${contentType ?? 'media'}: ${url.length > 200 ? `${url.slice(0, 200)}…` : url}`);
}

/** Shows what the template writes at a place, and which message that place is in. */
function point(uri: string, at: Place, follow: boolean): void {
  cursor = { uri, at };
  let target: Element | undefined;
  for (const span of spans()) {
    const place = JSON.parse(span.dataset['target']!) as Target;
    const isHere = place.uri === uri && !isBefore(at, place.range.start) && !isBefore(place.range.end, at);
    span.classList.toggle('here', isHere);
    if (isHere) target ??= span;
  }
  const index = shown?.uri === uri ? shown.preview.messages.findLastIndex(m => m.range && !isBefore(at, m.range.start)) : -1;
  cards.forEach(({ element }, i) => element.classList.toggle('here', i === index));
  target ??= cards[index]?.element;
  if (follow) target?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}

function mark(input: string | undefined): void {
  for (const span of spans()) span.classList.toggle('marked', input !== undefined && inputsOf(span).includes(input));
}

function find(input: string): HTMLElement | undefined {
  return [...spans()].find(span => inputsOf(span).includes(input));
}

function spans(): NodeListOf<HTMLElement> {
  return messages.querySelectorAll<HTMLElement>('.value');
}

function inputsOf(span: HTMLElement): string[] {
  return JSON.parse(span.dataset['inputs']!) as string[];
}

function go({ uri, range }: Target): void {
  editor.postMessage({ kind: 'go', target: { uri, range } });
}

function onPress(element: HTMLElement, run: () => void): void {
  element.addEventListener('click', () => { if (getSelection()?.isCollapsed !== false) run(); });
  element.addEventListener('keydown', event => { if (event.key === 'Enter') run(); });
}

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

function byId(id: string): HTMLElement {
  return document.getElementById(id)!;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
