// Mocha's spec reporter with two additions. It lists skipped tests at the end, with their reasons
// (test/support/skip.ts). It writes the counts to the file that PVF_TEST_RESULTS names; scripts/test.mjs adds them up.
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

module.exports = class Reporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const failures = [];
    const skips = [];
    runner.on('fail', (test, error) => failures.push({ title: test.fullTitle(), message: String(error?.message) }));
    let skippedInCi = 0;
    runner.on('pending', (test) => {
      const { skipReason: reason, mayBeSkippedInCi } = marksOf(test);
      skips.push({ title: test.fullTitle(), reason });
      if (mayBeSkippedInCi) skippedInCi += 1;
    });
    runner.once('end', () => {
      if (skips.length > 0) {
        const lines = skips.map(({ title, reason }) => `    ${title}: ${reason ?? 'no reason given'}`);
        reporters.Base.consoleLog(`  skipped:\n${lines.join('\n')}\n`);
      }
      const file = process.env.PVF_TEST_RESULTS;
      if (!file) return;
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      writeFileSync(file, JSON.stringify({ passed, failed, skipped, skippedInCi, failures, skips }));
    });
  }
};

/** A hook skips its whole suite, so the reason may belong to a parent. */
function marksOf(test) {
  for (let at = test; at; at = at.parent) if (at.skipReason) return at;
  return {};
}
