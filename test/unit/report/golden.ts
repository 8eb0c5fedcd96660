import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';

/** Compares with `golden/<name>`. With UPDATE_GOLDEN=1 it writes the file instead. Read the diff before you commit it. */
export function assertGolden(name: string, text: string): void {
  const file = new URL(`golden/${name}`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  else assert.equal(text, readFileSync(file, 'utf8'));
}
