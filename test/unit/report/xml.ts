/** A strict reader for the XML of the JUnit format. Throws on XML that is not well-formed. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** The text directly inside, without that of children. */
  readonly text: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#10': '\n', '#13': '\r' };
const illegal = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/u;
const attribute = /\s+([a-z]+)="([^"<]*)"/y;

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Element[];
  text: string;
}

export function parseXml(source: string): Element {
  if (illegal.test(source)) throw new Error('a character that XML can not hold');
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!source.startsWith(declaration)) throw new Error('no XML declaration');
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const stack: Open[] = [root];
  for (const [token] of source.slice(declaration.length).matchAll(/<[^>]*>|[^<]+|</g)) take(token, stack);
  const [document, ...others] = root.children;
  if (stack.length !== 1 || document === undefined || others.length > 0) throw new Error('not one closed root element');
  if (root.text.trim() !== '') throw new Error('text outside the root element');
  return document;
}

function take(token: string, stack: Open[]): void {
  const top = stack.at(-1);
  if (top === undefined) throw new Error('an end tag too many');
  if (!token.startsWith('<')) {
    top.text += resolved(token);
  } else if (token.startsWith('</')) {
    if (token !== `</${top.name}>`) throw new Error(`${token} closes ${top.name}`);
    stack.pop();
    stack.at(-1)?.children.push(top);
  } else {
    const name = /^<([a-z-]+)/.exec(token)?.[1];
    if (name === undefined) throw new Error(`not a tag: ${token}`);
    const element: Open = { name, attributes: {}, children: [], text: '' };
    readAttributes(token, name.length + 1, element);
    if (token.endsWith('/>')) top.children.push(element);
    else stack.push(element);
  }
}

function readAttributes(tag: string, from: number, element: Open): void {
  let at = from;
  attribute.lastIndex = at;
  for (let match = attribute.exec(tag); match !== null; match = attribute.exec(tag)) {
    const [whole, name = '', value = ''] = match;
    if (name in element.attributes) throw new Error(`${name} twice in ${tag}`);
    element.attributes[name] = resolved(value);
    at += whole.length;
    attribute.lastIndex = at;
  }
  if (!/^\s*\/?>$/.test(tag.slice(at))) throw new Error(`not well-formed: ${tag}`);
}

function resolved(text: string): string {
  return text.replace(/&([^;]*);?/g, (reference, name: string) => {
    const character = entities[name];
    if (character === undefined || !reference.endsWith(';')) throw new Error(`not a reference: ${reference}`);
    return character;
  });
}
