/** What `pvf prepare --json --metadata` printed about two releases of a chain, from the corpus. */
import { readFileSync } from 'node:fs';
import { parseReport, type Report } from '../../src/model/report.ts';

export const olderRelease = read('bridge-hub-paseo-1009002');
/** Made with `--baseline <report of the older release>`, so that it has the findings of the comparison. */
export const newerRelease = read('bridge-hub-paseo-1009003');

function read(name: string): Report {
  const text = readFileSync(new URL(`../fixtures/reports/${name}.json`, import.meta.url), 'utf8');
  const parsed = parseReport(JSON.parse(text));
  if (parsed.kind === 'invalid') throw new Error(`${name}: ${parsed.problem}`);
  return parsed.value;
}
