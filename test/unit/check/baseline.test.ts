import assert from 'node:assert/strict';
import { loadBaseline } from '../../../src/check/baseline.ts';
import { ConfigError } from '../../../src/limits/json-file.ts';
import { formatJson } from '../../../src/report/json.ts';
import { accepted, inspected } from '../../support/sample-reports.ts';
import { useTempFolder } from '../runtime/temp-folder.ts';

describe('a baseline file', () => {
  const folder = useTempFolder();

  it('is a report as `--json` prints it, with or without a worker', async () => {
    for (const report of [accepted, inspected]) {
      const baseline = await loadBaseline(folder.write('old.json', formatJson([report])));
      assert.deepEqual(baseline.runtime, report.runtime);
    }
  });

  it('may have members that this version does not know', async () => {
    const { runtime } = accepted;
    const later = JSON.stringify({ ...accepted, weather: 'fair', runtime: { ...runtime, colour: 'red' } });
    assert.deepEqual((await loadBaseline(folder.write('old.json', later))).runtime, runtime);
  });

  const refused: Readonly<Record<string, readonly [content: string, cause: RegExp]>> = {
    'several reports': [formatJson([accepted, accepted]), /must be a JSON object/],
    'another schema version': [JSON.stringify({ ...accepted, schemaVersion: 2 }), /no report of schema version 1/],
    'a member of another type': [
      JSON.stringify({ ...accepted, runtime: { ...accepted.runtime, rawBytes: '7' } }),
      /: runtime\.rawBytes must be a number, not "7"\. /,
    ],
    'some other object': ['{"schemaVersion": 1}', /`pvf prepare --json` writes one/],
    'no JSON': ['ACCEPT', /is not JSON/],
  };
  for (const [name, [content, cause]] of Object.entries(refused)) {
    it(`is refused with ${name}`, async () => {
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
