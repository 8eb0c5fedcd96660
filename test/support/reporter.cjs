// Mocha's own spec reporter, which also writes the counts to the file that PVF_TEST_RESULTS names (scripts/test.mjs adds
// them up), and lists at the end what was skipped, with the reason where the test gave one (test/support/skip.ts).
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

module.exports = class Reporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const failures = [];
    const skips = [];
    runner.on('fail', (test, error) => failures.push({ title: test.fullTitle(), message: String(error?.message) }));
    runner.on('pending', (test) => skips.push({ title: test.fullTitle(), reason: reasonOf(test) }));
    runner.once('end', () => {
      if (skips.length > 0) {
        const lines = skips.map(({ title, reason }) => `    ${title}: ${reason ?? 'no reason given'}`);
        reporters.Base.consoleLog(`  skipped:\n${lines.join('\n')}\n`);
      }
      const file = process.env.PVF_TEST_RESULTS;
      if (!file) return;
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      writeFileSync(file, JSON.stringify({ passed, failed, skipped, failures, skips }));
    });
  }
};

/** A hook that skips does it for its whole suite, so the reason may stand on a parent. */
function reasonOf(test) {
  for (let at = test; at; at = at.parent) if (at.skipReason) return at.skipReason;
  return undefined;
}
