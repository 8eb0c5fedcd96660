/** Puts a blob through everything that `pvf inspect` and `pvf compare` do with it, and checks what must always hold. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { toHex } from '../../src/base/bytes.ts';
import { assembleReport } from '../../src/check/assemble-report.ts';
import { failedSymbol } from '../../src/check/failed-symbol.ts';
import { entryOf } from '../../src/check/history/entry.ts';
import { parseRecord } from '../../src/check/history/entry-schema.ts';
import { jobFor } from '../../src/check/job.ts';
import { ruleInfos } from '../../src/check/rules/index.ts';
import { builtInProfiles, type Profile } from '../../src/limits/profile.ts';
import { compareReports } from '../../src/model/comparison.ts';
import type { ProblemEntry, ReportEntry } from '../../src/model/input-problem.ts';
import type { MetadataResult } from '../../src/model/metadata.ts';
import { parseReport, type Report } from '../../src/model/report.ts';
import { findRelease } from '../../src/polkadot/node-releases.ts';
import { comparisonFormats, formatComparison } from '../../src/report/comparison-format.ts';
import { formatReports, reportFormats } from '../../src/report/format.ts';
import type { RuntimeBlob } from '../../src/runtime/blob.ts';
import { unpack } from '../../src/runtime/container.ts';
import { InputError } from '../../src/runtime/input-error.ts';
import { inspect } from '../../src/runtime/inspect.ts';
import { readMetadata } from '../../src/runtime/metadata/read-metadata.ts';
import { compressedTwice } from '../../src/runtime/recognize/compressed-twice.ts';
import type { FunctionCosts } from '../../src/wasm/function-costs.ts';
import { layOut } from '../../src/webview/sizes/layout.ts';
import { treeOfOwners, treeOfSections } from '../../src/webview/sizes/parts.ts';
import { outcomeOfError } from '../../src/worker/host/outcome.ts';
import { schemaErrors } from '../../test/support/report-schema.ts';
import { assertSums } from '../../test/support/size-trees.ts';
import { assertDocument } from './documents.ts';
import { oddText } from './odd-names.ts';
import type { Random } from './random.ts';

const tool = { name: 'polkadot-pvf', version: 'fuzz' };
const path = 'mutated.wasm';
/** The blob is in no file. */
const state = { bytes: 0, modifiedMs: 0, changedMs: 0, inode: '' };
const METADATA_TIMEOUT_MS = 3000;
const asked = ['pallet', 'pallet_foo', 'core', 'e', 'validate_block', ''];

const comparisonSchema = JSON.parse(
  readFileSync(new URL('../../media/comparison.schema.json', import.meta.url), 'utf8'),
) as object;

export interface ExamineOptions {
  readonly random: Random;
  /** The report of the blob before its mutation. */
  readonly older?: Report;
  /** Runs the code of the blob, which takes a second. */
  readonly wantsMetadata: boolean;
}

export class Examiner {
  readonly #validateComparison = new Ajv2020({ strict: true, allErrors: true }).compile(comparisonSchema);
  readonly #profile = defaultProfile();

  /** The report on the blob. Undefined: the content is no runtime. Rejects when something does not hold. */
  async examine(content: Uint8Array, { random, older, wantsMetadata }: ExamineOptions): Promise<Report | undefined> {
    const unpacked = await unpackedBlob(content);
    if ('problem' in unpacked) {
      checkDocuments(unpacked, random);
      return undefined;
    }
    const report = await this.#report(unpacked, { random, older, wantsMetadata });
    checkDocuments(report, random);
    checkSizes(report);
    checkHistory(report);
    if (older !== undefined) {
      if (random.oneIn(3)) this.#compare(report, older);
      else this.#compare(older, report);
    }
    return report;
  }

  async #report(
    blob: RuntimeBlob,
    { random, older, wantsMetadata }: Omit<ExamineOptions, 'older'> & { older: Report | undefined },
  ) {
    const facts = await inspect(blob.stored, this.#profile.bombLimit, {
      sizes: {
        depth: random.oneIn(4) ? 'crates' : 'functions',
        retained: 1 + random.below(8),
        why: random.pick(asked),
      },
      ...(random.oneIn(4) && { costs: someCosts(random) }),
    });
    const metadata = wantsMetadata ? await metadataOf(blob, this.#profile.bombLimit) : undefined;
    const outcome = outcomeOfError(
      { tag: random.oneIn(2) ? 'Prevalidation' : 'Preparation', value: errorText(random) },
      1,
    );
    const nodes = random.oneIn(2) ? findRelease('1.0.0') : undefined;
    return assembleReport({
      profile: this.#profile,
      blob,
      facts,
      job: jobFor(blob, this.#profile, {}),
      tool,
      ...(nodes && { nodes }),
      ...(metadata && { metadata }),
      ...(older && {
        baseline: {
          is: random.oneIn(2) ? 'chain' : 'build',
          runtime: older.runtime,
          ...(metadata && { metadataResult: metadata }),
        },
      }),
      ...(random.oneIn(6) && {
        preparation: { outcome, wallMs: 1, spawnMs: 1 },
        failedSymbol: await failedSymbol(outcome),
      }),
    });
  }

  #compare(older: Report, newer: Report): void {
    const comparison = compareReports(older, newer);
    for (const format of comparisonFormats) {
      const document = formatComparison(comparison, format, { colour: false });
      assertDocument(format, document, 2);
      if (format !== 'json') continue;
      void this.#validateComparison(JSON.parse(document));
      assert.deepEqual(this.#validateComparison.errors ?? [], []);
    }
  }
}

function defaultProfile(): Profile {
  const [profile] = builtInProfiles;
  if (profile === undefined) throw new Error('there is no profile');
  return profile;
}

async function unpackedBlob(content: Uint8Array): Promise<RuntimeBlob | ProblemEntry> {
  try {
    const unpacked = unpack(path, content);
    const fault = await compressedTwice(unpacked.stored);
    if (fault) throw new InputError(path, fault);
    return { path, file: path, ...unpacked, codeHash: quickHash(unpacked.stored), state };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { schemaVersion: 1, tool, createdAt: new Date().toISOString(), path, problem: error.problem };
  }
}

/** The real code hash takes a third of the time of everything else. */
function quickHash(stored: Uint8Array): string {
  return toHex(createHash('sha256').update(stored).digest());
}

async function metadataOf({ stored }: RuntimeBlob, bombLimit: number): Promise<MetadataResult> {
  return readMetadata(stored, { bombLimit, timeoutMs: METADATA_TIMEOUT_MS, token: { symbol: 'UNIT', decimals: 12 } });
}

function checkDocuments(entry: ReportEntry, random: Random): void {
  const sizes = 'problem' in entry ? undefined : entry.sizes;
  for (const format of reportFormats) {
    const document = formatReports([entry], format, { colour: false, verbose: true, rules: ruleInfos });
    assertDocument(format, document, sizes === undefined ? 1 : 2);
    if (format !== 'json') continue;
    const printed: unknown = JSON.parse(document);
    assert.deepEqual(schemaErrors(printed), []);
    // The schema derives from it.
    if (!('problem' in entry) && random.oneIn(4)) assert.equal(parseReport(printed).kind, 'valid');
  }
}

function checkSizes({ sizes, runtime }: Report): void {
  if (sizes === undefined) return;
  assertSums(sizes);
  assert.equal(sizes.totalBytes, runtime.rawBytes);
  const map = { width: 1200, height: 800 };
  for (const tree of [treeOfSections(sizes), treeOfOwners(sizes)]) layOut(tree.root, 'bytes', map);
}

function checkHistory(report: Report): void {
  const entry = entryOf(report, undefined);
  if (entry === undefined) return;
  const record = parseRecord(JSON.parse(JSON.stringify({ kind: 'entry', id: 'x', entry })));
  assert(record !== undefined, 'the history does not read its own entry');
}

/** Mostly of another module. */
function someCosts(random: Random): FunctionCosts {
  const count = random.pick([0, 2, 20, 1000]);
  return {
    imports: random.below(3),
    micros: new Float64Array(count).map(() => random.below(1000)),
    machineCodeBytes: new Uint32Array(count).map(() => random.below(1000)),
    engineCpuMs: random.below(1000),
  };
}

function errorText(random: Random): string {
  const text = oddText(random).slice(0, 2000);
  return random.oneIn(2)
    ? text
    : `wasm[0]::function[${random.below(50)}]::${text}: WebAssembly translation error: ${text}`;
}
