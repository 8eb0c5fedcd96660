import assert from 'node:assert/strict';
import { parseCommandLine } from '../../../src/cli/command-line.ts';
import { commands } from '../../../src/cli/commands/index.ts';
import { checkSettings } from '../../../src/cli/context.ts';
import { UsageError } from '../../../src/cli/exit-code.ts';
import { formatOf, type Options, optionTable } from '../../../src/cli/options.ts';

/** commander sets a default for every switch that can be negated. */
const defaults: Options = { history: true, progress: true };

function parsePrepare(...args: string[]) {
  const invocation = parseCommandLine(['prepare', ...args, 'a.wasm'], '1.2.3');
  assert(invocation.kind === 'run');
  assert.equal(invocation.command.name, 'prepare');
  return invocation;
}

/** Arguments, and the options that they change. */
const valid: readonly (readonly [args: readonly string[], change: Partial<Options>])[] = [
  [[], {}],
  [['--json'], { json: true }],
  [['--format', 'sarif'], { format: 'sarif' }],
  [['--format=junit'], { format: 'junit' }],
  [['--output', 'o.txt'], { output: 'o.txt' }],
  [['--worker', 'w'], { worker: 'w' }],
  [['--worker', 'auto'], { worker: 'auto' }],
  [['--worker', 'portable'], { worker: 'portable' }],
  [['--instances', '1'], { instances: 1 }],
  [['--instances', '99'], { instances: 99 }],
  [['--instances', 'auto'], { instances: 'auto' }],
  [['--wire-revision', '17.0.1'], { wireRevision: '17.0.1' }],
  [['--profile', 'relay-5mib'], { profile: 'relay-5mib' }],
  [['--timeout', '90'], { timeout: 90_000 }],
  [['--timeout', '0.05'], { timeout: 50 }],
  [['--timeout', '86400'], { timeout: 86_400_000 }],
  [['--memory-limit', '1'], { memoryLimit: 1n }],
  [['--memory-limit', '9223372036854775807'], { memoryLimit: 2n ** 63n - 1n }],
  [['--kind', 'compile'], { kind: 'compile' }],
  [['--budget', 'b.json', '--baseline', 'r.json'], { budget: 'b.json', baseline: 'r.json' }],
  [['--keep-artifact', 'k'], { keepArtifact: 'k' }],
  [['--metrics', 'm'], { metrics: 'm' }],
  [['--no-progress'], { progress: false }],
  [['--log', 'debug'], { log: 'debug' }],
];

const invalid: readonly (readonly [args: readonly string[], cause: RegExp])[] = [
  [['--timeout', '0.0'], /above 0/],
  [['--timeout=-1'], /above 0/],
  [['--timeout', '86400.5'], /at most a day/],
  [['--timeout', '1e3'], /give a number of seconds/],
  [['--timeout', '0x10'], /give a number of seconds/],
  [['--timeout', ''], /give a number of seconds/],
  [['--timeout', 'Infinity'], /give a number of seconds/],
  [['--memory-limit', '9223372036854775808'], /whole number of bytes/],
  [['--memory-limit', '1.5'], /whole number of bytes/],
  [['--memory-limit', '1e9'], /whole number of bytes/],
  [['--memory-limit=-1'], /whole number of bytes/],
  [['--kind', 'Precheck'], /choose one of precheck, compile/],
  [['--format', 'toString'], /choose one of text/],
  [['--instances', '0'], /give auto, or a number from 1 to 99/],
  [['--instances', '100'], /give auto, or a number/],
  [['--instances', '1.5'], /give auto, or a number/],
  [['--instances', ''], /give auto, or a number/],
  [['--xyzzy'], /^Unknown option '--xyzzy'\.$/],
  [['--jsn'], /^Unknown option '--jsn'\. Did you mean --json\?$/],
  [['--engine'], /^Unknown option '--engine'\.$/],
  [['--json=yes'], /^Unknown option '--json=yes'\./],
  [['--output'], /argument missing/],
  [['-x'], /^Unknown option '-x'\.$/],
];

describe('the options of pvf prepare', () => {
  for (const [args, change] of valid) {
    it(`accept ${args.join(' ') || 'no options'}`, () => {
      assert.deepEqual(parsePrepare(...args).options, { ...defaults, ...change });
    });
  }

  for (const [args, cause] of invalid) {
    it(`reject ${args.join(' ')} in one line`, () => {
      assert.throws(
        () => parseCommandLine(['prepare', 'a.wasm', ...args], '1.2.3'),
        (error) => {
          assert.ok(error instanceof UsageError);
          assert.match(error.message, cause);
          assert.match(error.message, /^[^\n]+[.?]$/);
          return true;
        },
      );
    });
  }

  it('may come before, between and after the files', () => {
    const { args, options } = parsePrepare('--json', 'x', '--kind', 'compile', '--', '--c');
    assert.deepEqual(args, ['x', '--c', 'a.wasm']);
    assert.deepEqual(options, { ...defaults, json: true, kind: 'compile' });
  });

  it('reject --json with another --format', () => {
    assert.throws(() => formatOf({ json: true, format: 'text' }), /can't be combined/);
    assert.equal(formatOf({ json: true, format: 'json' }), 'json');
    assert.equal(formatOf({}), 'text');
  });

  it('search for a worker with --worker auto', () => {
    const workerOf = (worker: string) =>
      checkSettings({ worker }, { cwd: '/w', isTrusted: false, worker: '/own' }).worker;
    assert.equal(workerOf('auto'), undefined);
    assert.equal(workerOf('portable'), 'portable');
    assert.equal(checkSettings({}, { cwd: '/w', isTrusted: false, worker: '/own' }).worker, '/own');
  });
});

describe('parseCommandLine', () => {
  const printedBy = (...args: string[]) => {
    const invocation = parseCommandLine(args, '1.2.3');
    assert(invocation.kind === 'print');
    return invocation.text;
  };

  it('prints help and version', () => {
    assert.match(printedBy('--help'), /Commands:\n.*prepare/s);
    assert.match(printedBy('-h'), /Exit status:/);
    assert.equal(printedBy('-V'), '1.2.3\n');
    assert.equal(printedBy('--version'), '1.2.3\n');
  });

  it('prints the options and examples of every command', () => {
    for (const { name, options, examples } of commands) {
      const help = printedBy(...name.split(' '), '--help');
      for (const option of options)
        assert.ok(help.includes(optionTable[option].flags.split(' ')[0] ?? '?'), `${name} ${option}`);
      for (const [line] of examples) assert.ok(help.includes(line), line);
      assert.ok(
        help.split('\n').every((line) => line.length <= 110),
        name,
      );
    }
    assert.doesNotMatch(printedBy('workers', 'build', '--help'), /--budget/);
  });

  it('parses every example of its help', () => {
    for (const { name, examples } of commands) {
      for (const [line] of examples) {
        const invocation = parseCommandLine(line.split(' ').slice(1), '1.2.3');
        assert(invocation.kind === 'run');
        assert.ok(name.startsWith(invocation.command.name.split(' ')[0] ?? '?'), line);
      }
    }
  });

  const groups: readonly (readonly [args: readonly string[], name: string])[] = [
    [['workers'], 'workers list'],
    [['workers', '--json'], 'workers list'],
    [['workers', 'list'], 'workers list'],
    [['workers', 'diagnose', '--wire-revision', '17.0.1'], 'workers diagnose'],
    [['workers', 'build', '--engine'], 'workers build'],
    [['inspect', 'a.wasm'], 'inspect'],
  ];
  for (const [args, name] of groups) {
    it(`parses pvf ${args.join(' ')} as ${name}`, () => {
      const invocation = parseCommandLine(args, '1.2.3');
      assert(invocation.kind === 'run');
      assert.equal(invocation.command.name, name);
    });
  }

  const wrong: readonly (readonly [args: readonly string[], cause: RegExp])[] = [
    [[], /Give a command/],
    [['prepar'], /^Unknown command 'prepar'\. Did you mean prepare\?$/],
    [['workers', 'diagnos'], /^Unknown command 'diagnos'\. Did you mean diagnose\?$/],
    [['frobnicate'], /^Unknown command 'frobnicate'\. Choose one of .*prepare.*\.$/],
    [['workers', 'list-all'], /Choose one of list, diagnose, build\.$/],
    [['workers', 'list', 'all'], /Expected 0 arguments but got 1/],
    [['workers', '--budget', 'nonsense'], /^Unknown option '--budget'\.$/],
    [['workers', 'list', '--keep-artifact', 'x'], /^Unknown option '--keep-artifact'\.$/],
    [['inspect', '--worker', 'portable', 'a.wasm'], /^Unknown option '--worker'\./],
    [['inspect', '--metadata', '--token', 'DOT', 'a.wasm'], /^--token DOT: give the symbol and the decimals/],
  ];
  for (const [args, cause] of wrong) {
    it(`rejects pvf ${args.join(' ')}`, () => {
      assert.throws(
        () => parseCommandLine(args, '1.2.3'),
        (error) => error instanceof UsageError && cause.test(error.message),
      );
    });
  }
});
