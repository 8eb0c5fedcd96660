/**
 * A glob as a regular expression for a whole path with forward slashes: `*`, `**`, `?`, `[a-z]`, `[!a]` and `{a,b}`. A star
 * does not match slashes; `**` as a whole component matches any number of folders.
 */
export function globRegExp(glob: string): RegExp {
  let source = '';
  let braces = 0;
  for (let at = 0; at < glob.length; ) {
    const [token = '', set] = TOKEN.exec(glob.slice(at)) ?? [];
    at += token.length;
    if (token === '{') braces += 1;
    if (token === '}' && braces > 0) {
      braces -= 1;
      source += ')';
    } else if (set !== undefined) source += `[${set.replace(/^!/, '^').replaceAll('\\', '\\\\')}]`;
    else source += PARTS.get(token) ?? (token === ',' && braces > 0 ? '|' : escaped(token));
  }
  try {
    return new RegExp(`^${source}${')'.repeat(braces)}$`, 's');
  } catch {
    // `[z-a]` is no set.
    return new RegExp(`^${escaped(glob)}$`, 's');
  }
}

export function hasWildcards(pattern: string): boolean {
  return /[*?[{]/.test(pattern);
}

const TOKEN = /^(?:\*\*\/|\*+|\[(!?\]?[^\]/]+)\]|[\s\S])/u;

const PARTS: ReadonlyMap<string, string> = new Map([
  ['**/', '(?:.*/)?'],
  ['**', '.*'],
  ['*', '[^/]*'],
  ['?', '[^/]'],
  ['{', '(?:'],
]);

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
