import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { formatUpgrade } from '../../../src/report/upgrade-format.ts';
import { hostile, rejected } from '../../support/sample-reports.ts';
import { chainWith, checklistOf, codeHash, upgradeFacts } from '../../support/upgrade-facts.ts';
import { assertGolden } from './golden.ts';

const plain = { colour: false };
const { chain: _, present: __, ...alone } = upgradeFacts;
const unknown = checklistOf({ ...alone, calls: { kind: 'none', reason: 'The workspace is not trusted.' } });

describe('formatUpgrade', () => {
  it('writes a page to paste', () => {
    assertGolden('upgrade.md', formatUpgrade(checklistOf(), 'markdown', plain));
    assertGolden('upgrade-unknown.md', formatUpgrade(unknown, 'markdown', plain));
  });

  it('writes a text', () => {
    assertGolden('upgrade.txt', formatUpgrade(checklistOf(), 'text', plain));
    assertGolden('upgrade-unknown.txt', formatUpgrade(unknown, 'text', plain));
  });

  it('writes JSON that fits its schema', () => {
    const schema = JSON.parse(readFileSync(new URL('../../../media/upgrade.schema.json', import.meta.url), 'utf8'));
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
    const vote = { codeHash, accept: 1, reject: 0, validators: 3, sessions: 0 };
    const voting = checklistOf({ ...upgradeFacts, chain: chainWith({ vote, isRestricted: true, goAhead: 'abort' }) });
    for (const checklist of [checklistOf(), unknown, voting]) {
      validate(JSON.parse(formatUpgrade(checklist, 'json', plain)));
      assert.deepEqual(validate.errors ?? [], []);
    }
  });

  it('says FAIL in its first lines', () => {
    const failed = checklistOf({ ...upgradeFacts, report: rejected });
    assert.match(
      formatUpgrade(failed, 'markdown', plain),
      /^# Upgrade to robonomics 43\n\n- \*\*FAIL\*\*, vote: reject; /,
    );
    assert.match(formatUpgrade(failed, 'text', plain), /^FAIL upgrade to robonomics 43 \(vote: reject\)\n/);
  });

  it('keeps hostile names harmless', () => {
    const checklist = checklistOf({ ...upgradeFacts, report: hostile });
    for (const format of ['markdown', 'text'] as const) {
      const page = formatUpgrade(checklist, format, plain);
      for (const text of ['\u001b', '\u0007', '\u202e']) assert.ok(!page.includes(text), JSON.stringify(text));
    }
    assert.doesNotMatch(formatUpgrade(checklist, 'markdown', plain), /<\/code>|@everyone/);
  });
});
