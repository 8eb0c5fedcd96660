import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { findingsAboutOutcome } from '../../../../src/check/rules/run.ts';
import { voteOf } from '../../../../src/check/vote.ts';
import { outcomeOfError } from '../../../../src/worker/host/outcome.ts';
import { extractErrors } from '../../../support/worker-error-sources.ts';
import { workerErrors } from '../../../support/worker-errors.ts';
import { errorOf } from './cases.ts';

const { sources, errors } = workerErrors;
const lockFile = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');

describe('the error texts of the worker', () => {
  for (const { crate, error, text, finding } of errors) {
    it(`${crate}: ${error} ${text} is ${finding}`, () => {
      const outcome = outcomeOfError(errorOf(error, text), 60_000);
      const [found, ...others] = findingsAboutOutcome(outcome, 'measured');
      assert.deepEqual([found?.id, others], [finding, []]);
      // A plain sentence, without the text of Polkadot, and a remedy.
      assert.match(found?.message ?? '', /^[A-Z][^"{}]+\.$/);
      assert.doesNotMatch(found?.message ?? '', /Other\(|cannot |prepare: /);
      assert.match(found?.hint ?? '', /^[A-Z][\s\S]+\.$/);
      const { vote, reason } = voteOf(outcome);
      if (vote === 'reject' && reason === undefined) {
        assert.match(found?.message ?? '', /^Validators would reject it/);
      }
    });
  }

  for (const { crate, version, errors: items } of sources) {
    it(`of ${crate} ${version} are all in the table`, () => {
      const listed = errors
        .filter((row) => row.crate === crate || row.error === 'Prevalidation')
        .map(({ item }) => item);
      const variants = crate === 'polkadot-node-core-pvf-common' ? errors.map(({ error }) => error as string) : listed;
      assert.deepEqual(
        items.filter((item) => !variants.includes(item)),
        [],
      );
    });

    it(`of ${crate} are those of the version that the official worker is built from`, () => {
      const entry = `name = "${crate}"\nversion = "${version}"`;
      assert.ok(lockFile('media/official-worker/Cargo.lock').includes(entry));
      if (lockFile('engine/Cargo.lock').includes(`name = "${crate}"\n`)) {
        assert.ok(lockFile('engine/Cargo.lock').includes(entry));
      }
    });

    // Cargo has the sources where a worker or the engine was built.
    const extracted = extractErrors(crate, version);
    if (extracted === undefined) continue;
    it(`of ${crate} ${version} are those in its sources`, () => assert.deepEqual(extracted, items));
  }
});
