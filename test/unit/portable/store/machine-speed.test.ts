import assert from 'node:assert/strict';
import { MachineSpeed } from '../../../../src/portable/store/machine-speed.ts';
import { useTempFolder } from '../../runtime/temp-folder.ts';

describe('MachineSpeed', () => {
  const folder = useTempFolder();

  it('saves the slowness for the next process', async () => {
    const slowness = await new MachineSpeed(folder.path('speed.json')).after({ engineMs: 4000, expectedMs: 2000 });
    assert.ok(slowness > 1);
    assert.equal(await new MachineSpeed(folder.path('speed.json')).after(), slowness);
  });

  it('reads the slowness from a valid file', async () => {
    assert.equal(await new MachineSpeed(folder.write('speed.json', '{"slowness": 2, "weightMs": 9}')).after(), 2);
  });

  const damaged: Readonly<Record<string, string>> = {
    'is empty': '',
    'holds a null': 'null',
    'has text instead of a number': '{"slowness": "2", "weightMs": 9}',
    'has an implausible slowness': '{"slowness": 11, "weightMs": 9}',
    'has a weight of 0': '{"slowness": 2, "weightMs": 0}',
  };
  for (const [how, content] of Object.entries(damaged)) {
    it(`assumes an unknown machine if the file ${how}`, async () => {
      assert.equal(await new MachineSpeed(folder.write('speed.json', content)).after(), 1);
    });
  }
});
