/**
 * `npm run fuzz -- [<count>] [--seed <n>] [--from <case>] [--threads <n>] [--limit <s>]`: mutated blobs through everything that
 * reads a blob, and through every format. Exits with 1 when something crashes, hangs, takes too much memory, or gives a report
 * in which something does not hold.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { errorMessage } from '../../src/base/errors.ts';
import { formatBytes, groupDigits } from '../../src/base/units.ts';
import { Cases } from './cases.ts';
import { type Failure, fuzz, type Progress } from './fuzz.ts';

const MAX_RSS = 1.5e9;

function wholeNumber(text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) throw new Error(`${text} is no whole number from ${least} on`);
  return value;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      from: { type: 'string', default: '1' },
      threads: { type: 'string', default: '2' },
      limit: { type: 'string', default: '5' },
    },
  });
  const count = wholeNumber(positionals[0] ?? '100000', 1);
  const seed = wholeNumber(values.seed, 0);
  const first = wholeNumber(values.from, 1);
  const corpus = process.env['PVF_CORPUS'] ?? path.join(import.meta.dirname, '../../../shared/corpus');
  const saved = path.join(tmpdir(), 'pvf-fuzz');
  const cases = await Cases.load(seed, corpus);
  const onFailure = ({ number, message }: Failure) => {
    mkdirSync(saved, { recursive: true });
    const file = path.join(saved, `seed-${seed}-case-${number}.bin`);
    writeFileSync(file, cases.at(number).content);
    console.log(`\ncase ${number} of seed ${seed}: ${message}\n  input: ${file}`);
    console.log(`  again: npm run fuzz -- 1 --seed ${seed} --from ${number}\n`);
  };
  console.log(`seed ${seed}, cases ${first} to ${first + count - 1}`);
  const threads = wholeNumber(values.threads, 1);
  const limitMs = wholeNumber(values.limit, 1) * 1000;
  const onProgress = (progress: Progress) => console.log(lineOf(progress));
  const end = await fuzz({ seed, first, count, corpus, threads, limitMs, onFailure, onProgress });
  const isLarge = end.rss > MAX_RSS;
  console.log(`${lineOf(end)}, ${process.cpuUsage().user / 1e6} s of CPU time`);
  if (isLarge) console.log(`The process takes more than ${formatBytes(MAX_RSS)}.`);
  process.exitCode = end.failures.length > 0 || isLarge ? 1 : 0;
}

function lineOf({ done, withSizes, withMetadata, failures, slowest, rss }: Progress): string {
  return [
    `${groupDigits(done)} blobs`,
    `${groupDigits(withSizes)} with sizes`,
    `${groupDigits(withMetadata)} executed for their metadata`,
    `${failures.length} failures`,
    `slowest ${slowest.ms.toFixed(0)} ms (case ${slowest.number}, ${slowest.original})`,
    `${formatBytes(rss)} of memory`,
  ].join(', ');
}

await main().catch((error: unknown) => {
  process.stderr.write(`${errorMessage(error)}\n`);
  process.exitCode = 1;
});
