/** Which of the codes in a chain spec was checked. */

const substitutes = 'codeSubstitutes.';

/** The key of a code substitute, usually a block number. Undefined: genesis code. @param codeAt as in the report */
export function substituteKey(codeAt: string): string | undefined {
  return codeAt.startsWith(substitutes) ? codeAt.slice(substitutes.length) : undefined;
}

/** `genesis code`, `code substitute at block 1161532` */
export function codeSourceText(codeAt: string): string {
  const block = substituteKey(codeAt);
  return block === undefined ? 'genesis code' : `code substitute at block ${block}`;
}
