/** The crates that a type names. */

/** More are of no use, and hostile names may have thousands. */
const MAX_MENTIONS = 32;
const COLON = 0x3a;

/** Adds the crates of all paths in the text, in the order of the text. */
export function addCratesIn(text: string, crates: Set<string>): void {
  let from = 0;
  for (let at = text.indexOf('::'); at >= 0 && crates.size < MAX_MENTIONS; at = text.indexOf('::', from)) {
    let start = at;
    while (start > from && isNameUnit(text.charCodeAt(start - 1))) start -= 1;
    if (start < at && text.charCodeAt(start - 1) !== COLON && isCrateStart(text.charCodeAt(start))) {
      crates.add(text.slice(start, at));
    }
    from = at + 2;
  }
}

/** What is not ASCII may be part of a name. */
function isNameUnit(unit: number): boolean {
  return isCrateStart(unit) || (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a);
}

/** Crates begin with a small letter; a capital begins a type parameter. */
function isCrateStart(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || unit === 0x5f || unit >= 0x80;
}
