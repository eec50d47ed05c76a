/** The page of a promotion. All that it shows goes in as text, never as markup. */
import { make } from '../preview/elements';
import type { DiffLine, Moment, Promotion } from '../protocol';
import type { FromPromotionPage, ToPromotionPage } from './messages';

declare function acquireVsCodeApi(): { postMessage(message: FromPromotionPage): void };

const editor = acquireVsCodeApi();
const title = byId('title'), about = byId('about'), main = byId('main'), failure = byId('failure'), done = byId('done');
const asked = byId('asked'), deciding = byId('deciding'), gates = byId('gates'), why = byId('why') as HTMLTextAreaElement, missing = byId('missing');
const promote = byId('promote') as HTMLButtonElement, approve = byId('approve') as HTMLButtonElement, withdraw = byId('withdraw') as HTMLButtonElement;
const compare = byId('compare'), again = byId('again'), calling = byId('calling'), contract = byId('contract'), onwards = byId('onwards'), next = byId('next'), files = byId('files'), diff = byId('diff');

let shown: Promotion | undefined;
let isWorking = false, doing: FromPromotionPage['kind'] | undefined, approvedFor: string | undefined;

window.addEventListener('message', (event: MessageEvent<ToPromotionPage>) => {
  const said = event.data;
  isWorking = said.kind === 'working';
  switch (said.kind) {
    case 'promotion':
      if (shown?.uri !== said.promotion.uri || shown.environment !== said.promotion.environment) {
        why.value = '';
        done.hidden = true;
      }
      shown = said.promotion;
      failure.hidden = true;
      return show(shown);
    case 'working':
      failure.hidden = true;
      say(done, said.what);
      return follow();
    case 'failed':
      done.hidden = true;
      say(failure, said.text);
      if (!shown) title.textContent = 'Nothing can be promoted here';
      return follow();
    case 'done':
      // The reason of an approval is mostly that of the promotion after it, and never that of its withdrawal.
      approvedFor = doing === 'approve' ? why.value : undefined;
      if (doing !== 'approve') why.value = '';
      say(done, said.text);
      return follow();
  }
});
why.addEventListener('input', follow);
why.addEventListener('keydown', event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) promote.click(); });
promote.addEventListener('click', () => { if (shown && isOpen(shown)) send({ kind: 'promote', why: why.value, seen: shown.seen }); });
approve.addEventListener('click', () => { if (shown) send({ kind: 'approve', why: why.value, seen: shown.seen }); });
withdraw.addEventListener('click', () => send({ kind: 'withdraw', why: why.value === approvedFor ? '' : why.value }));
compare.addEventListener('click', () => editor.postMessage({ kind: 'compare' }));
for (const kind of ['text', 'history', 'rollBack'] as const) byId(kind).addEventListener('click', () => editor.postMessage({ kind }));
again.addEventListener('click', () => editor.postMessage({ kind: 'again' }));
editor.postMessage({ kind: 'ready' });

function send(message: FromPromotionPage): void {
  doing = message.kind;
  editor.postMessage(message);
}

function show(promotion: Promotion): void {
  main.hidden = false;
  title.title = `fingerprint ${promotion.fingerprint}`;
  title.textContent = promotion.there ? `${promotion.environment} holds ${promotion.name} already` : `${promotion.name} → ${promotion.environment}`;
  about.textContent = promotion.there ? `${promotion.path}${since(promotion)}` : `${promotion.path} from ${promotion.from ?? 'the workspace'}; ${replaced(promotion)}`;
  // What is not saved may be what the person means.
  for (const section of [asked, deciding]) section.hidden = promotion.there && promotion.unsaved.length === 0;
  promote.textContent = `Promote to ${promotion.environment}`;
  approve.hidden = !promotion.approvable || promotion.approved !== undefined;
  approve.textContent = `Approve for ${promotion.environment}`;
  withdraw.hidden = promotion.approved === undefined;
  onwards.hidden = promotion.replaces === undefined;
  byId('text').textContent = `Open what ${promotion.environment} holds`;
  byId('rollBack').textContent = `Roll ${promotion.environment} back…`;
  next.replaceChildren(...(promotion.there ? promotion.next : []).map(environment => {
    const button = make('button', 'tool', `Promote to ${environment}…`);
    button.addEventListener('click', () => editor.postMessage({ kind: 'next', environment }));
    return button;
  }));
  calling.hidden = promotion.contract.length === 0;
  contract.replaceChildren(...promotion.contract.map(({ breaking, message }) => {
    const row = make('li', breaking ? 'shut' : 'open');
    row.append(make('span', 'state', breaking ? 'breaks' : 'fits'), make('span', '', message));
    return row;
  }));
  files.textContent = differing(promotion);
  diff.replaceChildren(...promotion.hunks.map(lines => tableOf(lines, promotion.compared === 'alone')));
  follow();
}

function replaced(promotion: Promotion): string {
  return promotion.replaces === undefined ? `${promotion.environment} holds nothing of it yet` : `in the place of ${promotion.replaces}${since(promotion)}`;
}

function since({ since }: Promotion): string {
  return since ? `, there since ${moment(since)}` : '';
}

function differing({ there, replaces, compared, hunks, pulledIn }: Promotion): string {
  const also = pulledIn.length === 0 ? '' : ` It pulls in ${pulledIn.join(', ')}.`;
  if (there) return `Nothing: that very release runs there, and this is its text.${also}`;
  if (replaces === undefined) return `Nothing runs there yet: all of it is new.${also}`;
  const what = hunks.length === 0 ? 'The text is the same.' : compared === 'rendered' ? 'What the model gets, with the same values, now and then.' : 'The text of the prompt, now and then.';
  return pulledIn.length === 0 ? what : `${what} Differs as well: ${pulledIn.join(', ')}.`;
}

// Whatever is typed or told: what is shut, and whether the button may be pressed.
function follow(): void {
  if (!shown) return;
  const promotion = shown;
  gates.replaceChildren(...(promotion.gates.length === 0 ? [make('li', 'open', `${promotion.environment} asks for nothing`)] : promotion.gates.map(gate => {
    const holds = gate.holds || (gate.gate === 'why' && hasWhy()), row = make('li', holds ? 'open' : 'shut');
    row.append(make('span', 'state', holds ? 'open' : 'shut'), make('span', 'gate', gate.gate), make('span', '', gate.gate === 'why' && holds ? 'a reason is given' : gate.says));
    return row;
  })));
  const lacks = lacking(promotion);
  promote.disabled = isWorking || lacks !== '';
  approve.disabled = withdraw.disabled = isWorking || promotion.unsaved.length > 0;
  missing.textContent = isWorking ? '' : lacks;
}

function lacking(promotion: Promotion): string {
  if (promotion.unsaved.length > 0) return `Save ${promotion.unsaved.join(', ')} first: what is not saved would not be promoted.`;
  if (promotion.there) return 'That very release runs there.';
  const shut = promotion.gates.filter(g => !g.holds && !(g.gate === 'why' && hasWhy())).map(g => g.gate);
  return shut.length === 0 ? '' : `Shut: ${shut.join(', ')}.`;
}

function isOpen(promotion: Promotion): boolean {
  return !isWorking && lacking(promotion) === '';
}

function hasWhy(): boolean {
  return why.value.trim() !== '';
}

/** Old lines on the left, new ones on the right; or those alone. */
function tableOf(lines: DiffLine[], isAlone: boolean): HTMLElement {
  const table = make('table', 'sides'), body = document.createElement('tbody');
  table.setAttribute('aria-label', isAlone ? 'The text' : 'What is replaced, beside what comes');
  for (const [left, right] of beside(lines)) {
    const row = document.createElement('tr');
    row.append(...(isAlone ? [] : side(left, left?.old, 'removed', '−')), ...side(right, right?.new, 'added', '+'));
    body.append(row);
  }
  table.append(body);
  return table;
}

function side(line: DiffLine | undefined, at: number | undefined, changed: DiffLine['kind'], sign: string): HTMLElement[] {
  const isChanged = line?.kind === changed, kind = line ? isChanged ? changed : '' : 'none';
  const number = make('td', `number ${kind}`, at === undefined ? '' : `${at + 1}${isChanged ? ` ${sign}` : ''}`), text = make('td', `text ${kind}`);
  if (isChanged) text.append(make('span', 'spoken', changed === 'added' ? 'added: ' : 'removed: '));
  text.append(line ? visible(line.text) : '');
  return [number, text];
}

// Runs of removed and added lines stand beside each other.
function beside(lines: DiffLine[]): [DiffLine | undefined, DiffLine | undefined][] {
  const rows: [DiffLine | undefined, DiffLine | undefined][] = [];
  let removed: DiffLine[] = [], added: DiffLine[] = [];
  const flush = (): void => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++) rows.push([removed[i], added[i]]);
    removed = [];
    added = [];
  };
  for (const line of lines) {
    if (line.kind === 'removed') removed.push(line);
    else if (line.kind === 'added') added.push(line);
    else {
      flush();
      rows.push([line, line]);
    }
  }
  flush();
  return rows;
}

/** What steers a terminal, or turns text round, by its number. */
function visible(text: string): string {
  const steering = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
  return text.replace(steering, c => `‹U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`);
}

function moment({ by, at, why }: Moment): string {
  return `${new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })} by ${by}${why === undefined ? '' : ` (“${why}”)`}`;
}

function say(where: HTMLElement, text: string): void {
  where.hidden = false;
  where.textContent = text;
}

function byId(id: string): HTMLElement {
  return document.getElementById(id)!;
}
