/** Reads the host functions that the Rust sources of a crate declare with `#[runtime_interface]`. */

export interface HostFunction {
  /** `ext_<interface>_<function>_version_<n>`, as the macro names it (sp-runtime-interface-proc-macro, utils.rs). */
  readonly name: string;
  /** `default_child_storage` */
  readonly interfaceName: string;
  /** The types of the arguments and of the result, in Rust. */
  readonly params: readonly string[];
  readonly result: string | undefined;
  /** The declaration depends on a Cargo feature, such as `bls-experimental`. */
  readonly isExperimental: boolean;
}

export function hostFunctionsIn(source: string): HostFunction[] {
  const code = withoutCommentsAndStrings(source);
  return [...code.matchAll(/((?:#\[[^\]]*\]\s*)*)(?:pub(?:\([^)]*\))? )?trait (\w+)[^{;]*\{/g)].flatMap((found) => {
    const [head, attributes = '', trait = ''] = found;
    if (!/#\[runtime_interface\b/.test(attributes)) return [];
    const body = untilClosing(code, found.index + head.length, '{', '}');
    return functionsOf(snakeCase(trait), body, hasFeature(attributes));
  });
}

function functionsOf(interfaceName: string, body: string, isExperimental: boolean): HostFunction[] {
  return declarations(body).flatMap((declaration) => {
    const found = /^((?:\s*#\[[^\]]*\])*)\s*fn (\w+)(?:<[^>]*>)?\s*\(/.exec(declaration);
    if (!found) return [];
    const [head, attributes = '', name = ''] = found;
    const params = untilClosing(declaration, head.length, '(', ')');
    const result = /->\s*([\s\S]+)$/.exec(declaration.slice(head.length + params.length + 1))?.[1]?.trim();
    const version = /#\[version\((\d+)/.exec(attributes)?.[1] ?? '1';
    return {
      name: `ext_${interfaceName}_${name}_version_${version}`,
      interfaceName,
      params: topLevel(params, ',').flatMap(typeOfParam),
      result: result?.replace(/\s+/g, ' '),
      isExperimental: isExperimental || hasFeature(attributes),
    };
  });
}

/** The head of each function: attributes, name, arguments and result, without the block. */
function declarations(body: string): string[] {
  const heads: string[] = [];
  let head = '';
  for (let at = 0; at < body.length; at += 1) {
    const character = body[at];
    if (character === '{') {
      heads.push(head);
      head = '';
      at += untilClosing(body, at + 1, '{', '}').length + 1;
    } else head += character;
  }
  return heads;
}

/** Nothing for `self`. */
function typeOfParam(param: string): string[] {
  const [, type] = /^\s*(?:mut )?\w+\s*:\s*([\s\S]+)$/.exec(param) ?? [];
  return type === undefined ? [] : [type.trim().replace(/\s+/g, ' ')];
}

/** Splits at a separator that is not inside of brackets. */
function topLevel(text: string, separator: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const character of text) {
    if ('<([{'.includes(character)) depth += 1;
    if ('>)]}'.includes(character)) depth -= 1;
    if (depth === 0 && character === separator) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${character}`);
  }
  return parts.filter((part) => part.trim() !== '');
}

/** @param start behind the opening bracket */
function untilClosing(text: string, start: number, opening: string, closing: string): string {
  let depth = 1;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === opening) depth += 1;
    if (text[at] === closing) depth -= 1;
    if (depth === 0) return text.slice(start, at);
  }
  throw new Error(`A bracket has no end: ${text.slice(start, start + 60)}`);
}

function hasFeature(attributes: string): boolean {
  return /#\[cfg\((?:feature|[^\]]*\bfeature)\b/.test(attributes);
}

/** Brackets in comments and strings would not be in pairs. Names of features are not needed. */
function withoutCommentsAndStrings(source: string): string {
  return source
    .replace(/\/\/.*$/gm, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/"(?:[^"\\]|\\.)*"/g, '""');
}

/** As Inflector's `to_snake_case` for the names of traits. */
function snakeCase(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
}
