/** The fields in which a person changes the values that the preview is made with. A field that is being typed into stays as it is. */
import type { Input } from '../protocol';
import { make } from './elements';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

interface Row { element: HTMLElement; field: Field; source: HTMLElement; reset: HTMLButtonElement; problem: HTMLElement; shape: string }

const pause = 150;
const sources = { sample: '', changed: 'changed', default: 'default', invented: 'made up', nothing: 'not given' };

export class InputForm {
  private readonly rows = new Map<string, Row>();
  private readonly waiting = new Map<string, number>();
  /** What the preview was made with: a field that is left says again what it held. */
  private readonly used = new Map<string, string>();

  constructor(private readonly root: HTMLElement, private readonly change: (name: string, text: string | null) => void, private readonly save: HTMLElement) {}

  show(inputs: Input[]): void {
    for (const [name, row] of this.rows) if (!inputs.some(i => i.name === name && shapeOf(i) === row.shape)) { row.element.remove(); this.rows.delete(name); }
    for (const input of inputs) this.fill(this.rows.get(input.name) ?? this.add(input), input);
    this.root.append(...inputs.map(i => this.rows.get(i.name)!.element).filter((element, i) => this.root.children[i] !== element), this.save);
    this.save.hidden = inputs.length === 0;
  }

  private add(input: Input): Row {
    const element = make('div', 'input');
    const field = fieldFor(input);
    field.id = `input-${input.name}`;
    const label = make('label', '', input.name);
    label.htmlFor = field.id;
    label.title = `${input.type}${input.optional ? ', may be left out' : ''}`;
    const source = make('span', 'source'), problem = make('div', 'problem'), reset = make('button', 'link', 'reset');
    problem.setAttribute('role', 'alert');
    reset.title = `Take back what was typed for ${input.name}`;
    reset.addEventListener('click', () => { this.forget(input.name); this.change(input.name, null); });
    field.addEventListener('input', () => this.later(input.name, field));
    field.addEventListener('change', () => this.later(input.name, field));
    if (!(field instanceof HTMLSelectElement)) field.addEventListener('keydown', (event: Event) => selectAll(event as KeyboardEvent, field));
    const head = make('div', 'head');
    head.append(label, source, reset);
    element.append(head, field, problem);
    const row = { element, field, source, reset, problem, shape: shapeOf(input) };
    this.rows.set(input.name, row);
    return row;
  }

  private fill({ field, source, reset, problem }: Row, input: Input): void {
    this.used.set(input.name, input.text);
    const isTyping = document.activeElement === field && field.tagName !== 'SELECT';
    if (!isTyping && !this.waiting.has(input.name) && field.value !== input.text) field.value = input.text;
    source.textContent = sources[input.source];
    reset.hidden = input.source !== 'changed';
    problem.textContent = input.problem ?? '';
    problem.hidden = input.problem === undefined;
    field.classList.toggle('wrong', input.problem !== undefined);
  }

  private later(name: string, field: Field): void {
    if (!this.waiting.has(name) && field.value === this.used.get(name)) return;
    window.clearTimeout(this.waiting.get(name));
    this.waiting.set(name, window.setTimeout(() => { this.waiting.delete(name); this.change(name, field.value); }, pause));
  }

  private forget(name: string): void {
    window.clearTimeout(this.waiting.get(name));
    this.waiting.delete(name);
  }
}

// VS Code selects all a moment later, and with it what was typed since.
function selectAll(event: KeyboardEvent, field: HTMLInputElement | HTMLTextAreaElement): void {
  if (event.key.toLowerCase() !== 'a' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  field.select();
}

function fieldFor({ choices, optional, type, text }: Input): Field {
  if (choices.length > 0) {
    const field = document.createElement('select');
    if (optional) field.add(new Option('', ''));
    for (const choice of choices) field.add(new Option(choice, choice));
    return field;
  }
  if (['number', 'integer'].includes(type)) return document.createElement('input');
  const field = document.createElement('textarea');
  field.rows = Math.min(6, Math.max(text.split('\n').length, Math.ceil(text.length / 60), 1));
  field.spellcheck = false;
  return field;
}

function shapeOf({ type, choices, optional }: Input): string {
  return JSON.stringify([type, choices, optional]);
}
