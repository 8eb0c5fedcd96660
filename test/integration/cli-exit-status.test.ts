/** The exit status of every kind of end, through the built CLI. docs/exit-status.md shows the same table. */
import assert from 'node:assert/strict';
import { ends } from '../support/ends.ts';
import { needBuiltCli, withCli } from '../support/run-cli.ts';

describe('the exit status of pvf', function () {
  this.timeout(60_000);
  before(needBuiltCli);

  for (const [what, { status, run }] of Object.entries(ends)) {
    it(`is ${status}: ${what}`, () =>
      withCli(async (cli) => {
        const ended = await run(cli);
        assert.equal(ended.code, status, `${ended.stdout.slice(0, 2000)}\n${ended.stderr.slice(0, 2000)}`);
        // A problem of the input is an entry of the report.
        if (status === 2 || status === 130) assert.notEqual(ended.stderr + ended.stdout, '', 'the cause');
        assert.ok(ended.stdout.length + ended.stderr.length < 4_000_000, 'the output is bounded');
      }));
  }
});
