/** Makes an element that shows a text as text, never as markup. */
export function make(tag: 'button', className: string, text?: string): HTMLButtonElement;
export function make(tag: 'label', className: string, text?: string): HTMLLabelElement;
export function make(tag: string, className: string, text?: string): HTMLElement;
export function make(tag: string, className: string, text = ''): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
