/** Real runtimes that ran on chains have no error, except those of before mid-2021, when the version section was new. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { findingsAbout } from '../../src/check/rules/run.ts';
import { inspect } from '../../src/runtime/inspect.ts';
import { describeWithCorpus } from '../support/corpus.ts';
import { accepted } from '../support/sample-reports.ts';

const BOMB_LIMIT = 64 * 1024 * 1024;

describeWithCorpus('the findings about real runtimes', ({ blobs, path }) => {
  for (const { file, group, runtime_version } of blobs) {
    if (group === 'negative') continue;
    it(file, async () => {
      const facts = await inspect(new Uint8Array(readFileSync(path(file))), BOMB_LIMIT);
      const findings = findingsAbout({
        facts,
        runtime: accepted.runtime,
        executorParams: [],
        items: [],
        stats: undefined,
        outcome: undefined,
        figures: 'measured',
        baseline: undefined,
      });
      const errors = findings.filter(({ severity }) => severity === 'error').map(({ id }) => id);
      assert.deepEqual(errors, runtime_version ? [] : ['no-runtime-version']);
      // Nodes have these functions with these types.
      assert.ok((facts.imports?.length ?? 0) > 10);
      assert.deepEqual([facts.missingImports, facts.mistypedImports, facts.foreseenError], [[], [], undefined]);
    });
  }
});
