import assert from 'node:assert/strict';
import { loadBaseline } from '../../../src/check/check-plan.ts';
import { ConfigError } from '../../../src/limits/json-file.ts';
import { formatJson } from '../../../src/report/format.ts';
import { accepted, inspected } from '../../support/sample-reports.ts';
import { useTempFolder } from '../runtime/temp-folder.ts';

describe('loadBaseline', () => {
  const folder = useTempFolder();

  it('reads a report of `--json`, prepared or inspected', async () => {
    for (const report of [accepted, inspected]) {
      const baseline = await loadBaseline(folder.write('old.json', formatJson([report])));
      assert.deepEqual(baseline.runtime, report.runtime);
    }
  });

  it('ignores unknown members', async () => {
    const { runtime } = accepted;
    const later = JSON.stringify({ ...accepted, weather: 'fair', runtime: { ...runtime, colour: 'red' } });
    assert.deepEqual((await loadBaseline(folder.write('old.json', later))).runtime, runtime);
  });

  const invalid: Readonly<Record<string, readonly [content: string, cause: RegExp]>> = {
    'a list of reports': [formatJson([accepted, accepted]), /must be a JSON object/],
    'another schema version': [JSON.stringify({ ...accepted, schemaVersion: 2 }), /no report of schema version 1/],
    'a member of another type': [
      JSON.stringify({ ...accepted, runtime: { ...accepted.runtime, rawBytes: '7' } }),
      /: runtime\.rawBytes must be a number, not "7"\. /,
    ],
    'another object': ['{"schemaVersion": 1}', /`pvf prepare --json` writes one/],
    'text that is not JSON': ['ACCEPT', /is not JSON/],
  };
  for (const [name, [content, cause]] of Object.entries(invalid)) {
    it(`rejects ${name}`, async () => {
      const path = folder.write('old.json', content);
      await assert.rejects(loadBaseline(path), (error) => {
        assert.ok(error instanceof ConfigError);
        assert.ok(error.message.startsWith(`${path}: `));
        assert.match(error.message, cause);
        return true;
      });
    });
  }
});
