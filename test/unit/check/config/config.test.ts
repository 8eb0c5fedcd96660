import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { resolveConfig, withConfig } from '../../../../src/check/config/apply-config.ts';
import { budgetFromReport } from '../../../../src/check/config/budget-from-report.ts';
import { textWithAllowed, textWithBudget } from '../../../../src/check/config/edit-config.ts';
import { findConfigFile } from '../../../../src/check/config/find-config.ts';
import { findRuntimes } from '../../../../src/check/config/find-runtimes.ts';
import { loadConfig } from '../../../../src/check/config/load-config.ts';
import { defaultSettings } from '../../../../src/check/options/check-options.ts';
import { withSeverities } from '../../../../src/check/severities.ts';
import { ConfigError } from '../../../../src/limits/json-file.ts';
import { accepted } from '../../../support/sample-reports.ts';
import { type TempFolder, useTempFolder } from '../../runtime/temp-folder.ts';

const base = defaultSettings({ workspaceFolders: [], trustWorkspace: false, verbose: false });

describe('loadConfig', () => {
  const folder = useTempFolder();
  const load = (content: unknown) => loadConfig(folder.write('pvf.json', JSON.stringify(content)));

  it('reads all kinds of members, with paths relative to the file', async () => {
    folder.write('main.json', '{}');
    const config = await load({
      $schema: 'polkadot-pvf:/pvf.schema.json',
      runtimes: ['my-runtime'],
      profile: './limits.json',
      timeout: 30,
      near: 90,
      baseline: 'main.json',
      budget: { storedBytes: 5, crates: { 'sp-core': 1 }, growth: { rawBytes: 0 } },
      findings: { 'debug-sections': 'error', 'near-limit-code-size': 'off' },
      allow: ['identical-code'],
    });
    assert.deepEqual(config.values, {
      profile: folder.path('limits.json'),
      timeout: 30_000,
      near: 0.9,
      baseline: folder.path('main.json'),
      allow: ['identical-code'],
    });
    assert.deepEqual(config.budget?.crates, { 'sp-core': 1 });
  });

  it('leaves names as they are', async () => {
    const { values } = await load({ profile: 'relay-5mib', baseline: 'feature/x', worker: 'portable' });
    assert.deepEqual(values, { profile: 'relay-5mib', baseline: 'feature/x', worker: 'portable' });
  });

  const refused: Readonly<Record<string, readonly [content: unknown, cause: RegExp]>> = {
    'a misspelt member': [{ timout: 1 }, /unknown member timout; the known members are .*timeout/],
    'a misspelt figure': [{ budget: { storedbytes: 1 } }, /budget: unknown member storedbytes; the known members are/],
    'a misspelt figure of growth': [{ budget: { growth: { bytes: 1 } } }, /budget\.growth: unknown member bytes/],
    'growth in percent as text': [{ budget: { growth: { rawBytes: '5%' } } }, /growth\.rawBytes must be a share/],
    'a crate without bytes': [
      { budget: { crates: { a: 0 } } },
      /budget\.crates\.a must be a whole number of at least 1/,
    ],
    'a wrong value': [{ timeout: -3 }, /timeout must be a number of seconds above 0, at most a day, not -3\.$/],
    'a value of another type': [{ metadata: 'yes' }, /metadata must be true or false, not "yes"\.$/],
    'a null': [{ profile: null }, /profile must be a non-empty string, not null\.$/],
    'a list for a text': [{ baseline: ['a'] }, /baseline must be a non-empty string, not this list\.$/],
    'a text for a list': [{ runtimes: 'a' }, /runtimes must be a list of strings/],
    'an unknown release': [{ nodes: 'latest' }, /nodes must be a release from /],
    'an unknown severity': [
      { findings: { 'no-memory': 'fatal' } },
      /findings\.no-memory must be one of error, warning/,
    ],
    'a severity of no finding': [
      { findings: { 'debug-section': 'off' } },
      /findings: there is no finding "debug-section"\. Did you mean debug-sections\?/,
    ],
    'to turn a limit off': [
      { findings: { 'over-limit-code-size': 'warning' } },
      /"over-limit-code-size" can't be warning: the relay chain/,
    ],
    'to turn the vote off': [
      { findings: { 'preparation-timeout': 'off' } },
      /"preparation-timeout" can't be off: it decides how validators vote/,
    ],
    'to turn a budget off': [
      { findings: { 'over-budget-crate': 'off' } },
      /can't be off: the relay chain or your budget/,
    ],
    'to allow what is unknown': [
      { allow: ['identical-cod'] },
      /allow: there is no finding "identical-cod"\. Did you mean identical-code\?/,
    ],
    'two sources of limits': [{ profile: 'relay-3mib', rpc: 'wss://x' }, /give either profile or rpc/],
    'an rpc that is no WebSocket': [{ rpc: 'https://x' }, /rpc must be a URL with ws:\/\//],
    'a list instead of an object': [[], /must be a JSON object/],
  };
  for (const [what, [content, cause]] of Object.entries(refused)) {
    it(`refuses ${what}, and names the file`, () =>
      assert.rejects(load(content), (error) => {
        assert.ok(error instanceof ConfigError);
        assert.ok(error.message.startsWith(`${folder.path('pvf.json')}: `), error.message);
        assert.match(error.message, cause);
        return true;
      }));
  }
});

describe('findConfigFile', () => {
  const folder = useTempFolder();
  const at = (name: string) => {
    mkdirSync(folder.path(name), { recursive: true });
    return folder.path(name);
  };

  it('takes the nearest one up to the root of the repository, and none above', async () => {
    const from = at('repo/crates/a');
    folder.write('pvf.json', '{}');
    at('repo/.git');
    assert.equal(await findConfigFile({ from }), undefined);
    const file = folder.write('repo/pvf.json', '{}');
    assert.equal(await findConfigFile({ from }), file);
    const nearer = folder.write('repo/crates/pvf.json', '{}');
    assert.equal(await findConfigFile({ from }), nearer);
  });

  it('never leaves the workspace folder', async () => {
    folder.write('pvf.json', '{}');
    at('.git');
    const top = at('w');
    assert.equal(await findConfigFile({ from: at('w/a'), top }), undefined);
    assert.equal(await findConfigFile({ from: at('other'), top }), undefined);
    assert.equal(await findConfigFile({ from: at('w/a'), top: folder.path('.') }), folder.path('pvf.json'));
  });

  it('looks in the folder alone without a repository', async () => {
    folder.write('pvf.json', '{}');
    assert.equal(await findConfigFile({ from: at('a') }), undefined);
    assert.equal(await findConfigFile({ from: folder.path('.') }), folder.path('pvf.json'));
  });
});

describe('withConfig', () => {
  const config = {
    path: '/w/pvf.json',
    values: { profile: 'relay-5mib', timeout: 5, worker: '/w/x', allow: ['identical-code'], baselineIs: 'chain' },
    budget: { rawBytes: 1 },
    runtimes: [],
    exclude: [],
  } as const;

  it('sets what the user did not set', () => {
    const { profile, prepTimeoutMs, worker, allow, budget } = withConfig(base, config, { explicit: [], untrusted: [] });
    assert.deepEqual([profile, prepTimeoutMs, worker, allow], ['relay-5mib', 5, '/w/x', ['identical-code']]);
    assert.deepEqual(budget, { rawBytes: 1 });
  });

  it('leaves what the user set, also if that is the default', () => {
    const explicit = ['profile', 'budget', 'baseline'] as const;
    const set = withConfig(base, config, { explicit, untrusted: [] });
    assert.equal(set.profile, base.profile);
    assert.equal(set.budget, undefined);
    assert.equal(set.baselineIs, undefined, 'it is about another baseline');
  });

  it('uses no worker of a folder that is not trusted, and says so', async () => {
    assert.equal(withConfig(base, config, { explicit: [], untrusted: ['worker'] }).worker, undefined);
  });
});

describe('resolveConfig', () => {
  const folder = useTempFolder();

  it('names what it ignores in a folder that is not trusted', async () => {
    const file = folder.write('pvf.json', '{"worker": "w", "timeout": 9}');
    const warnings: string[] = [];
    const request = {
      from: folder.path('.'),
      top: folder.path('.'),
      explicit: [],
      untrusted: ['worker', 'rpc'],
    } as const;
    const settings = await resolveConfig({ ...base, config: request }, (text) => warnings.push(text));
    assert.deepEqual(settings, { ...base, prepTimeoutMs: 9000 });
    assert.deepEqual(warnings, [`${file}: worker is not used, because the folder is not trusted.`]);
  });
});

describe('withSeverities', () => {
  const finding = (id: string, severity: 'error' | 'warning' | 'information') => ({ id, severity, message: '' });

  it('raises, lowers and removes findings, and keeps mild cases mild', () => {
    const wanted = { 'growth-raw-bytes': 'error', 'debug-sections': 'off', 'no-memory': 'information' } as const;
    const found = [
      finding('growth-raw-bytes', 'warning'),
      finding('growth-raw-bytes', 'information'),
      finding('debug-sections', 'warning'),
      finding('no-memory', 'error'),
      finding('start-function', 'error'),
    ];
    assert.deepEqual(
      withSeverities(found, wanted).map(({ id, severity }) => `${id} ${severity}`),
      ['growth-raw-bytes error', 'growth-raw-bytes information', 'no-memory information', 'start-function error'],
    );
  });

  it('takes no severity from the prototype of objects', () => {
    assert.equal(withSeverities([finding('constructor', 'error')], {})[0]?.severity, 'error');
  });
});

describe('findRuntimes', () => {
  const folder = useTempFolder();
  const find = (runtimes: readonly string[], exclude: readonly string[] = []) =>
    findRuntimes({ path: folder.path('pvf.json'), runtimes, exclude }).then((files) =>
      files.map((file) => path.relative(folder.path('.'), file)),
    );
  const built = (at: TempFolder, profile: string, crate: string) => {
    const place = `target/${profile}/wbuild/${crate}`;
    mkdirSync(at.path(place), { recursive: true });
    const stem = `${place}/${crate.replaceAll('-', '_')}`;
    for (const suffix of ['.wasm', '.compact.wasm', '.compact.compressed.wasm']) at.write(`${stem}${suffix}`, 'x');
    return `${stem}.compact.compressed.wasm`;
  };

  it('takes the release build of a crate, and the file to register', async () => {
    built(folder, 'debug', 'my-rt');
    const release = built(folder, 'release', 'my-rt');
    assert.deepEqual(await find(['my-rt']), [release]);
    assert.deepEqual(await find(['my_rt']), [release]);
  });

  it('takes globs, one file of each build, without those to exclude', async () => {
    const [a, b] = [built(folder, 'release', 'a-rt'), built(folder, 'release', 'b-rt')];
    assert.deepEqual(await find(['target/*/wbuild/*/*.wasm']), [a, b]);
    assert.deepEqual(await find(['target/**/*.wasm']), [a, b]);
    assert.deepEqual(await find(['target/{release,production}/**/?-rt/*.compressed.wasm'], ['b-rt']), [a]);
    assert.deepEqual(await find(['a-rt', a, 'target/**']), [a, b], 'each once');
  });

  const nothing: Readonly<Record<string, readonly [entry: string, exclude: readonly string[], cause: RegExp]>> = {
    'a crate without a blob': [
      'c-rt',
      [],
      /runtimes\[0\] "c-rt": the crate has no blob in .*wbuild.* Build it \(cargo/,
    ],
    'a glob without a match': ['out/*.wasm', [], /runtimes\[0\] "out\/\*\.wasm": no file matches\./],
    'all excluded': ['a-rt', ['a-*'], /exclude leaves no runtime/],
  };
  for (const [what, [entry, exclude, cause]] of Object.entries(nothing)) {
    it(`refuses ${what}`, async () => {
      built(folder, 'release', 'a-rt');
      await assert.rejects(find([entry], exclude), { name: 'ConfigError', message: cause });
    });
  }
});

describe('a budget from a report', () => {
  it('is 10 % above what was measured, readable, and never above the relay chain', () => {
    const { runtime, limits } = accepted;
    const report = {
      runtime: { ...runtime, storedBytes: 2_023_117, rawBytes: 9_900_000 },
      limits: { ...limits, items: [{ id: 'raw-code-size', used: 1, limit: 10_000_000, ratio: 0.99, level: 'near' }] },
      stats: { wallTimeMs: 1, spawnMs: 1, cpuTimeMs: 5000, cpuTimeIs: 'estimated', artifactBytes: 999 },
    } as const;
    assert.deepEqual(budgetFromReport(report), { storedBytes: 2_230_000, rawBytes: 10_000_000, artifactBytes: 1100 });
  });

  it('leaves more room to times and memory, which differ from run to run', () => {
    const { runtime, limits } = accepted;
    const stats = { wallTimeMs: 1, spawnMs: 1, cpuTimeMs: 2000, memory: { peakTrackedAlloc: 100_000_000 } };
    const { cpuTimeMs, peakTrackedAlloc } = budgetFromReport({ runtime, limits, stats });
    assert.deepEqual({ cpuTimeMs, peakTrackedAlloc }, { cpuTimeMs: 3000, peakTrackedAlloc: 120_000_000 });
  });

  const file = '/w/pvf.json';
  const request = { report: accepted, file, runtime: 'my-rt', profile: 'relay-3mib' };

  it('makes a file that loads', async () => {
    const value = JSON.parse(await textWithBudget(request)) as { readonly budget: object };
    assert.deepEqual(value, {
      $schema: 'polkadot-pvf:/pvf.schema.json',
      runtimes: ['my-rt'],
      profile: 'relay-3mib',
      budget: budgetFromReport(accepted),
    });
  });

  it('keeps the other members and their text', async () => {
    const text = '{\r\n\t"runtimes": ["a",  "b"],\r\n\t"budget": { "crates": { "x": 1 } },\r\n\t"allow": []\r\n}\r\n';
    const edited = await textWithBudget({ ...request, text });
    assert.ok(edited.startsWith('{\r\n\t"runtimes": ["a",  "b"],\r\n'), edited);
    assert.ok(edited.endsWith('\t"allow": []\r\n}\r\n'), edited);
    const { budget } = JSON.parse(edited) as { readonly budget: object };
    assert.deepEqual(budget, { crates: { x: 1 }, ...budgetFromReport(accepted) });
  });

  it('gets one more allowed finding', async () => {
    const text = '{\n  "allow": ["identical-code"],\n  "runtimes": ["a",  "b"]\n}\n';
    const edited = await textWithAllowed({ file, text, findingId: 'no-memory' });
    assert.deepEqual(JSON.parse(edited), { allow: ['identical-code', 'no-memory'], runtimes: ['a', 'b'] });
    assert.ok(edited.includes('"runtimes": ["a",  "b"]'));
    assert.equal(await textWithAllowed({ file, text, findingId: 'identical-code' }), text);
  });

  it('refuses to edit a file that is not usable', async () => {
    await assert.rejects(textWithBudget({ ...request, text: '{"a": 1}' }), /unknown member a/);
    await assert.rejects(textWithBudget({ ...request, text: '{' }), /the file is not JSON/);
  });
});
