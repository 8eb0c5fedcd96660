/** A runtime that is built again while it is prepared, through the built CLI. */
import assert from 'node:assert/strict';
import { existsSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { processesNaming, until } from '../support/leaks.ts';
import { describeWithOfficialWorker } from '../support/official-worker.ts';
import { plainPvf } from '../support/plain-pvf.ts';
import { type CliBench, type Ended, needBuiltCli, reportOf, withCli } from '../support/run-cli.ts';
import { tally } from '../support/tally.ts';

describeWithOfficialWorker('pvf prepare on a runtime that', (worker) => {
  describe('changes on disk while it is prepared', () => {
    before(needBuiltCli);

    async function prepareAnd(cli: CliBench, change: (runtime: string) => void): Promise<Ended> {
      const runtime = cli.write('a.wasm', tally.stored());
      const running = cli.start(['prepare', '--json', '--worker', worker, '--keep-artifact', 'kept.pvf', runtime], {
        makes: ['kept.pvf'],
      });
      await until('the job', () => processesNaming(`${cli.cache}/artifacts/worker-dir-prepare-`).length === 2);
      change(runtime);
      return running.ended;
    }

    function isStale(cli: CliBench, ended: Ended): void {
      const { vote, conclusion, outcome, stats, findings } = reportOf(ended);
      assert.equal(ended.code, 3);
      assert.equal(vote, 'undecided');
      assert.match(conclusion.reason, /a\.wasm changed while it was prepared/);
      assert.equal(outcome?.kind, 'stale-input');
      assert.equal(stats, undefined);
      assert.equal(existsSync(cli.at('kept.pvf')), false, 'there is no artifact of what is on disk');
      assert.match(findings.find(({ id }) => id === 'stale-input')?.hint ?? '', /Run again/);
    }

    const changes: Readonly<Record<string, (runtime: string) => void>> = {
      'is written anew': (runtime) => writeFileSync(runtime, plainPvf),
      'is replaced by another file, as cargo does': (runtime) => {
        writeFileSync(`${runtime}.new`, plainPvf);
        renameSync(`${runtime}.new`, runtime);
      },
      'is deleted': (runtime) => rmSync(runtime),
      'becomes unreadable as a runtime': (runtime) => writeFileSync(runtime, '0x0'),
    };
    for (const [name, change] of Object.entries(changes)) {
      it(`${name}: is undecided`, () => withCli(async (cli) => isStale(cli, await prepareAnd(cli, change))));
    }

    it('is only touched: keeps the verdict', () =>
      withCli(async (cli) => {
        const ended = await prepareAnd(cli, (runtime) => utimesSync(runtime, 1, 1));
        assert.equal(reportOf(ended).vote, 'accept');
        assert.equal(ended.code, 0);
        assert.ok(existsSync(cli.at('kept.pvf')));
      }));
  });
});
