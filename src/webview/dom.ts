/** Creates elements. Text becomes text nodes and attributes, never markup. */

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
type Child = Node | string | undefined;

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), attributes, children);
}

export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

/** @param attributes `true` is an empty attribute; `false` and undefined are none */
function filled<E extends Element>(made: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

export function button(label: string, attributes: Attributes, onClick: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** The heading of a view. A static report already has the heading of the page. */
export function heading(text: string): HTMLElement {
  return element(document.querySelector('h1') === null ? 'h1' : 'h2', { class: 'heading' }, text);
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

let groups = 0;

/** Radio buttons that look like one control. Undefined when there is nothing to choose. */
export function choiceGroup<Value extends string>(
  label: string,
  choices: readonly Choice<Value>[],
  selected: Value,
  onChange: (value: Value) => void,
): HTMLElement | undefined {
  if (choices.length < 2) return undefined;
  groups += 1;
  const name = `choice-${groups}`;
  const made = element('div', { class: 'choices', role: 'radiogroup', 'aria-label': label });
  for (const { value, label: text } of choices) {
    const input = element('input', { type: 'radio', name, value, checked: value === selected });
    input.addEventListener('change', () => onChange(value));
    made.append(element('label', {}, input, element('span', {}, text)));
  }
  return made;
}
