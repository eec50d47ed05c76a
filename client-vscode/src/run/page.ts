/** The page of runs. An answer goes in as text, never as markup: nothing in it links, loads or steers. */
import { make } from '../preview/elements';
import type { FromRunPage, ShownRun, ToRunPage } from './messages';

declare function acquireVsCodeApi(): { postMessage(message: FromRunPage): void };

// What is longer stands in the copy alone.
const longest = 200_000;

const editor = acquireVsCodeApi();
const run = byId('run') as HTMLButtonElement, stop = byId('stop'), values = byId('values'), picker = byId('picker'), other = byId('other') as HTMLSelectElement;
const failure = byId('failure'), answers = byId('answers');

let runs: ShownRun[] = [];
let going: string | undefined;
let beside: string | undefined;

window.addEventListener('message', (event: MessageEvent<ToRunPage>) => {
  const said = event.data;
  switch (said.kind) {
    case 'runs':
      runs = said.runs;
      going = said.going?.run;
      failure.hidden = true;
      run.disabled = !said.sendable || going !== undefined;
      run.textContent = runs.length > 0 ? 'Run again' : 'Run';
      stop.hidden = going === undefined;
      return show();
    case 'piece':
      if (said.run === going) answers.querySelector('.going .answer')?.append(visible(said.text));
      return;
    case 'failed':
      failure.hidden = false;
      failure.replaceChildren(make('span', '', said.text), ...(said.wantsKey ? [keyButton()] : []));
      return;
  }
});
run.addEventListener('click', () => editor.postMessage({ kind: 'run' }));
stop.addEventListener('click', () => editor.postMessage({ kind: 'stop' }));
values.addEventListener('click', () => editor.postMessage({ kind: 'sample' }));
other.addEventListener('change', () => {
  beside = other.value || undefined;
  show();
});
editor.postMessage({ kind: 'ready' });

function show(): void {
  const newest = going === undefined ? runs[0] : undefined, earlier = going === undefined ? runs.slice(1) : runs;
  picker.hidden = earlier.length === 0;
  if (!earlier.some(r => r.run === beside)) beside = undefined;
  const choices = earlier.map(r => new Option(`${r.version} · ${r.model} · ${time(r.at)}`, r.run, false, r.run === beside));
  other.replaceChildren(new Option('nothing', '', false, beside === undefined), ...choices);
  const second = earlier.find(r => r.run === beside);
  const cards = [...(going === undefined ? [] : [goingCard()]), ...(newest ? [cardOf(newest)] : []), ...(second ? [cardOf(second)] : [])];
  answers.className = cards.length > 1 ? 'beside' : '';
  if (cards.length === 0) cards.push(make('p', 'empty', 'Nothing has been sent. Run sends the prompt, with the values of the preview, to its model.'));
  answers.replaceChildren(...cards);
}

function keyButton(): HTMLElement {
  const button = make('button', 'tool', 'Set key…');
  button.id = 'key';
  button.addEventListener('click', () => editor.postMessage({ kind: 'key' }));
  return button;
}

function goingCard(): HTMLElement {
  const card = make('article', 'run going');
  card.append(make('h2', '', 'answering…'), make('pre', 'answer'));
  return card;
}

function cardOf(shown: ShownRun): HTMLElement {
  const card = make('article', 'run');
  card.dataset['run'] = shown.run;
  const head = make('h2', '', shown.version);
  head.append(make('span', 'at', time(shown.at)));
  card.append(head, make('p', 'summary', shown.summary));
  if (shown.schemaProblem !== undefined) card.append(make('p', 'misfit', `does not fit output.schema: ${shown.schemaProblem}`));
  if (shown.finishReason === 'length') card.append(make('p', 'misfit', 'cut off at its longest; config.maxOutputTokens says how long it may be'));
  for (const note of shown.notes) card.append(make('p', 'note', note));
  if (shown.answer.length > 0 || shown.toolCalls.length === 0) card.append(make('pre', 'answer', visible(shown.answer.slice(0, longest)) || '(nothing)'));
  const left = shown.answer.length - longest;
  if (left > 0) card.append(make('p', 'note', `${left.toLocaleString('en')} more characters; Copy has them all`));
  for (const call of shown.toolCalls) card.append(make('p', 'tool-call', `calls ${call.name}`), make('pre', 'arguments', visible(call.arguments)));
  const buttons = make('div', 'buttons');
  for (const [kind, text, title] of [
    ['copy', 'Copy', 'The whole answer, as it came'],
    ['expect', 'Expect this answer…', 'A row of an evaluation, with these inputs and this answer'],
  ] as const) {
    const button = make('button', 'tool', text);
    button.title = title;
    button.addEventListener('click', () => editor.postMessage({ kind, run: shown.run }));
    buttons.append(button);
  }
  card.append(buttons);
  return card;
}

/** What steers a terminal, or turns text round, by its number. */
function visible(text: string): string {
  const steering = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
  return text.replace(steering, c => `‹U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`);
}

function time(at: string): string {
  return new Date(at).toLocaleTimeString('en-GB');
}

function byId(id: string): HTMLElement {
  return document.getElementById(id)!;
}
