import assert from 'node:assert/strict';
import { UsageError } from '../../../src/cli/exit-code.ts';
import { type Options, parseCommandLine } from '../../../src/cli/options.ts';

const defaults: Options = {
  format: 'text',
  instances: 'auto',
  kind: 'precheck',
  logLevel: 'warn',
  progress: true,
  engine: false,
};

function optionsOf(...args: string[]): Options {
  return parseCommandLine(['prepare', ...args]).options;
}

/** Arguments, and what they change of the defaults. */
const good: readonly (readonly [args: readonly string[], change: Partial<Options>])[] = [
  [[], {}],
  [['--json'], { format: 'json' }],
  [['--format', 'sarif'], { format: 'sarif' }],
  [['--format=junit'], { format: 'junit' }],
  [['--output', 'o.txt'], { output: 'o.txt' }],
  [['--worker', 'w'], { worker: 'w' }],
  [['--worker', 'auto'], {}],
  [['--worker', 'portable'], { worker: 'portable' }],
  [['--instances', '1'], { instances: 1 }],
  [['--instances', '99'], { instances: 99 }],
  [['--instances', 'auto'], {}],
  [['--wire-revision', '17.0.1'], { wireRevision: '17.0.1' }],
  [['--profile', 'relay-5mib'], { profile: 'relay-5mib' }],
  [['--timeout', '90'], { prepTimeoutMs: 90_000 }],
  [['--timeout', '0.05'], { prepTimeoutMs: 50 }],
  [['--timeout', '86400'], { prepTimeoutMs: 86_400_000 }],
  [['--memory-limit', '1'], { memoryLimit: 1n }],
  [['--memory-limit', '9223372036854775807'], { memoryLimit: 2n ** 63n - 1n }],
  [['--kind', 'compile'], { kind: 'compile' }],
  [['--budget', 'b.json', '--baseline', 'r.json'], { budget: 'b.json', baseline: 'r.json' }],
  [['--keep-artifact', 'k'], { keepArtifact: 'k' }],
  [['--metrics', 'm'], { metrics: 'm' }],
  [['--no-progress'], { progress: false }],
  [['--log', 'debug'], { logLevel: 'debug' }],
];

const refused: readonly (readonly [args: readonly string[], cause: RegExp])[] = [
  [['--timeout', '0.0'], /above 0/],
  [['--timeout=-1'], /above 0/],
  [['--timeout', '86400.5'], /a day at most/],
  [['--timeout', '1e3'], /give seconds/],
  [['--timeout', '0x10'], /give seconds/],
  [['--timeout', ''], /give seconds/],
  [['--timeout', 'Infinity'], /give seconds/],
  [['--memory-limit', '9223372036854775808'], /whole number of bytes/],
  [['--memory-limit', '1.5'], /whole number of bytes/],
  [['--memory-limit', '1e9'], /whole number of bytes/],
  [['--memory-limit=-1'], /whole number of bytes/],
  [['--kind', 'Precheck'], /choose one of precheck, compile/],
  [['--format', 'toString'], /choose one of text/],
  [['--json', '--format', 'text'], /exclude each other/],
  [['--instances', '0'], /give auto, or a number from 1 to 99/],
  [['--instances', '100'], /give auto, or a number/],
  [['--instances', '1.5'], /give auto, or a number/],
  [['--instances', ''], /give auto, or a number/],
  [['--nope'], /^Unknown option '--nope'\.$/],
  [['-x'], /^Unknown option '-x'\.$/],
];

describe('the command line', () => {
  for (const [args, change] of good) {
    it(`${args.join(' ') || 'without options'} is taken`, () => {
      assert.deepEqual(optionsOf(...args), { ...defaults, ...change });
    });
  }

  for (const [args, cause] of refused) {
    it(`${args.join(' ')} is refused in one line`, () => {
      assert.throws(
        () => optionsOf(...args),
        (error) => {
          assert.ok(error instanceof UsageError);
          assert.match(error.message, cause);
          assert.match(error.message, /^[^\n]+\.$/);
          return true;
        },
      );
    });
  }

  it('has its words apart from its options, in any order', () => {
    const { words, options } = parseCommandLine(['--json', 'prepare', 'a', '--kind', 'compile', 'b', '--', '--c']);
    assert.deepEqual(words, ['prepare', 'a', 'b', '--c']);
    assert.deepEqual(options, { ...defaults, format: 'json', kind: 'compile' });
  });

  it('wants help or the version where it says so', () => {
    const wants = (...args: string[]) => {
      const { wantsHelp, wantsVersion } = parseCommandLine(args);
      return [wantsHelp, wantsVersion];
    };
    assert.deepEqual(wants(), [false, false]);
    assert.deepEqual(wants('-h'), [true, false]);
    assert.deepEqual(wants('prepare', '--help'), [true, false]);
    assert.deepEqual(wants('-V'), [false, true]);
    assert.deepEqual(wants('--version'), [false, true]);
  });
});
