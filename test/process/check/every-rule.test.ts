/** Every rule with an input that provokes it, through a real session and a real worker process. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CheckSession } from '../../../src/check/session.ts';
import { gradeOf } from '../../../src/model/grade.ts';
import { ownPackage } from '../../support/built-in.ts';
import { environmentIn, plainSettings } from '../../support/check-environment.ts';
import { type Corpus, describeWithCorpus } from '../../support/corpus.ts';
import { installFakeWorker } from '../../support/fake-worker.ts';
import { needPortableWorker } from '../../support/portable-worker.ts';
import { ruleInputs, unmatched } from '../../support/rule-inputs/index.ts';
import type { RuleBench, RuleInput } from '../../support/rule-inputs/rule-input.ts';
import { type Workbench, withWorkbench } from '../../support/workbench.ts';

function ruleBench(bench: Workbench, session: CheckSession, corpus: Pick<Corpus, 'path'> | undefined): RuleBench {
  let fakes = 0;
  const at = (file: string) => join(bench.folder, file);
  return {
    at,
    write: (file, content) => {
      writeFileSync(at(file), content);
      return at(file);
    },
    corpus: (file) => {
      assert(corpus, 'the input needs the corpus');
      return corpus.path(file);
    },
    fakeWorker: (behaviour) => {
      fakes += 1;
      const folder = at(`worker-${fakes}`);
      mkdirSync(folder);
      return installFakeWorker(folder, behaviour).program;
    },
    check: async (path, settings = {}, kind = 'prepare') => {
      const all = { ...plainSettings, worker: 'portable', ...settings };
      return (await session.check(path, kind, all, { isForced: true })).report;
    },
  };
}

async function provoke(input: RuleInput, corpus?: Pick<Corpus, 'path'>): Promise<void> {
  await withWorkbench(async (bench) => {
    const environment = environmentIn(bench, { package: { root: ownPackage, name: 'polkadot-pvf', version: '0.1.0' } });
    await using session = new CheckSession(environment, { host: { sendTimeoutMs: 1000 } });
    const report = await input.run(ruleBench(bench, session, corpus));
    const ids = report.findings.map(({ id }) => id);
    assert.ok(ids.includes(input.rule), `found ${ids.join(', ')}`);
    const { vote, status } = gradeOf(report);
    assert.deepEqual({ vote, status }, { vote: input.vote, status: input.status }, report.conclusion.reason);
  });
}

describe('every rule', function () {
  this.timeout(60_000);
  before(needPortableWorker);

  it('has an input that provokes it', () => assert.deepEqual(unmatched, []));

  for (const input of ruleInputs.filter(({ needsCorpus }) => needsCorpus !== true)) {
    it(`${input.rule}: ${input.input}`, () => provoke(input));
  }
});

describeWithCorpus('every rule about real runtimes', (corpus) => {
  for (const input of ruleInputs.filter(({ needsCorpus }) => needsCorpus === true)) {
    it(`${input.rule}: ${input.input}`, () => provoke(input, corpus)).timeout(120_000);
  }
});
