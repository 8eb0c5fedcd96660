/** Reading TOML that may be incomplete: manifests in an editor often are. */
import { parse, type TomlTable } from 'smol-toml';

/** Undefined for invalid TOML. */
export function parseToml(text: string): TomlTable | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

export function tableAt(table: TomlTable | undefined, key: string): TomlTable | undefined {
  const value = table?.[key];
  return isTable(value) ? value : undefined;
}

/** The tables of a table, by key. */
export function tablesIn(table: TomlTable | undefined): readonly TomlTable[] {
  return Object.values(table ?? {}).filter(isTable);
}

/** The strings of an array. Leaves out all other values. */
export function stringsAt(table: TomlTable | undefined, key: string): readonly string[] {
  const value = table?.[key];
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
