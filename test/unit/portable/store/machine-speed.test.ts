import assert from 'node:assert/strict';
import { MachineSpeed } from '../../../../src/portable/store/machine-speed.ts';
import { useTempFolder } from '../../runtime/temp-folder.ts';

describe('the speed of the machine', () => {
  const folder = useTempFolder();

  it('is kept for the next process', async () => {
    const slowness = await new MachineSpeed(folder.path('speed.json')).after({ engineMs: 4000, expectedMs: 2000 });
    assert.ok(slowness > 1);
    assert.equal(await new MachineSpeed(folder.path('speed.json')).after(), slowness);
  });

  it('is that of the file where the file is right', async () => {
    assert.equal(await new MachineSpeed(folder.write('speed.json', '{"slowness": 2, "weightMs": 9}')).after(), 2);
  });

  const damaged: Readonly<Record<string, string>> = {
    'is empty': '',
    'holds a null': 'null',
    'has a text for a number': '{"slowness": "2", "weightMs": 9}',
    'has a speed beyond belief': '{"slowness": 11, "weightMs": 9}',
    'has a weight of 0': '{"slowness": 2, "weightMs": 0}',
  };
  for (const [how, content] of Object.entries(damaged)) {
    it(`is that of an unknown machine where the file ${how}`, async () => {
      assert.equal(await new MachineSpeed(folder.write('speed.json', content)).after(), 1);
    });
  }
});
