/**
 * Runs the steps of action.yml as GitHub's runner does: the real lines of the shell, the real conditions and expressions.
 * Actions of others are replaced by what they promise.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from '../../../scripts/vscode-rig/folders.ts';
import { type Context, interpolate, isTrue } from './expressions.ts';

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

export interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const actionFile = parse(readFileSync(path.join(root, 'action.yml'), 'utf8')) as ActionFile;

/** Where an action runs: all folders are below one. */
export interface Runner {
  readonly folder: string;
  /** What is checked out. */
  readonly workspace: string;
}

export interface Event {
  readonly github: Context;
  /** Variables that GitHub sets. */
  readonly env: Readonly<Record<string, string>>;
}

export interface ActionRun {
  readonly hasFailed: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  /** Everything that the steps printed, with their names. */
  readonly log: string;
  readonly summary: string;
  /** Names of the steps that ran. */
  readonly steps: readonly string[];
  /** What was uploaded to code scanning. */
  readonly sarif: readonly { readonly text: string; readonly category: string }[];
}

/** Makes the programs that the action needs: `node`, a `gh` without GitHub, and an `npm` that takes the build from here. */
export function makeRunner(folder: string): Runner {
  const runner = { folder, workspace: path.join(folder, 'workspace') };
  for (const name of ['bin', 'caches', 'home', 'workspace']) mkdirSync(path.join(folder, name), { recursive: true });
  const action = path.join(folder, 'action');
  mkdirSync(path.join(action, 'engine'), { recursive: true });
  for (const name of ['action.yml', 'package.json', 'ci', 'media', 'engine/Cargo.lock']) {
    cpSync(path.join(root, name), path.join(action, name), { recursive: true });
  }
  script(runner, 'npm', `[ "$*" = "run build --silent" ] && cp -r '${path.join(root, 'dist')}' .`);
  script(runner, 'node', `exec '${process.execPath}' "$@"`);
  script(runner, 'gh', `exec '${process.execPath}' '${path.join(import.meta.dirname, 'fake-gh.cjs')}' "$@"`);
  setComments(runner, { login: 'github-actions[bot]', comments: [] });
  return runner;
}

function script({ folder }: Runner, name: string, line: string): void {
  writeFileSync(path.join(folder, 'bin', name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
}

export interface Comments {
  readonly login: string;
  readonly isReadOnly?: boolean;
  readonly comments: readonly {
    readonly id: number;
    readonly user: { readonly login: string };
    readonly body: string;
  }[];
}

export function setComments({ folder }: Runner, comments: Comments): void {
  writeFileSync(path.join(folder, 'gh.json'), JSON.stringify(comments));
}

export function commentsOf({ folder }: Runner): Comments['comments'] {
  return (JSON.parse(readFileSync(path.join(folder, 'gh.json'), 'utf8')) as Comments).comments;
}

export function runAction(runner: Runner, event: Event, given: Readonly<Record<string, string>> = {}): ActionRun {
  const temp = path.join(runner.folder, 'temp');
  rmSync(temp, { recursive: true, force: true });
  mkdirSync(temp);
  return new JobRun(runner, event, given, temp).run();
}

class JobRun {
  readonly #steps: Record<string, Context> = {};
  readonly #names: string[] = [];
  readonly #sarif: { text: string; category: string }[] = [];
  #log = '';
  #hasFailed = false;

  constructor(
    private readonly runner: Runner,
    private readonly event: Event,
    private readonly given: Readonly<Record<string, string>>,
    private readonly temp: string,
  ) {}

  run(): ActionRun {
    for (const step of actionFile.runs.steps) this.#step(step);
    const outputs = Object.entries(actionFile.outputs).map(([name, { value }]) => [name, this.#text(value)]);
    const summary = this.#file('summary');
    return {
      ...{ hasFailed: this.#hasFailed, log: this.#log, steps: this.#names, sarif: this.#sarif },
      outputs: Object.fromEntries(outputs),
      summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
    };
  }

  #step(step: Step): void {
    const name = step.name ?? step.uses ?? '';
    if (!isTrue(step.if, this.#context(), { hasFailed: this.#hasFailed })) return;
    this.#names.push(name);
    this.#log += `\n▶ ${name}\n`;
    const outputs = step.uses === undefined ? this.#shell(step) : this.#other(step.uses, step.with ?? {});
    if (step.id !== undefined) this.#steps[step.id] = { outputs };
  }

  #shell({ run, shell, env = {} }: Step): Context {
    assert.equal(shell, 'bash');
    const output = this.#file('output');
    writeFileSync(output, '');
    const own = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, this.#text(value)]));
    const { folder, workspace } = this.runner;
    // As the runner starts bash.
    const ended = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run ?? ''], {
      cwd: workspace,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...{ PATH: `${path.join(folder, 'bin')}:/usr/bin:/bin`, HOME: path.join(folder, 'home') },
        ...{ GITHUB_ACTION_PATH: path.join(folder, 'action'), GITHUB_WORKSPACE: workspace, GITHUB_OUTPUT: output },
        ...{
          GITHUB_STEP_SUMMARY: this.#file('summary'),
          RUNNER_TEMP: this.temp,
          RUNNER_OS: 'Linux',
          RUNNER_ARCH: 'X64',
        },
        ...{ GH_STATE: path.join(folder, 'gh.json'), GITHUB_REPOSITORY: 'team/chain' },
        ...this.event.env,
        ...own,
      },
    });
    this.#log += ended.stdout + ended.stderr;
    if (ended.status !== 0) this.#hasFailed = true;
    return outputsIn(readFileSync(output, 'utf8'));
  }

  #other(uses: string, given: Readonly<Record<string, string>>): Context {
    const inputs = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, this.#text(String(value))]));
    const [action] = uses.split('@');
    if (action === 'actions/setup-node') return {};
    if (action === 'actions/cache/restore') return this.#restore(inputs);
    if (action === 'actions/cache/save') return this.#save(inputs);
    if (action === 'github/codeql-action/upload-sarif') {
      const { sarif_file: file = '', category = '' } = inputs;
      this.#sarif.push({ text: readFileSync(file, 'utf8'), category });
      return {};
    }
    assert.fail(`the test knows no ${uses}`);
  }

  #restore({ path: folder = '', key = '', 'restore-keys': prefix = '' }: Readonly<Record<string, string>>): Context {
    const caches = path.join(this.runner.folder, 'caches');
    const newest = readdirSync(caches)
      .filter((name) => prefix !== '' && name.startsWith(prefix))
      .sort((a, b) => statSync(path.join(caches, b)).mtimeMs - statSync(path.join(caches, a)).mtimeMs);
    const found = existsSync(path.join(caches, key)) ? key : newest[0];
    this.#log += found === undefined ? `no cache for ${key}\n` : `restored ${found}\n`;
    if (found === undefined) return { 'cache-hit': '' };
    cpSync(path.join(caches, found), folder, { recursive: true });
    return { 'cache-hit': String(found === key) };
  }

  /** A key is written once. */
  #save({ path: folder = '', key = '' }: Readonly<Record<string, string>>): Context {
    // GitHub allows up to 512 characters, and no comma.
    assert.match(key, /^[A-Za-z0-9.-]{1,512}$/);
    const target = path.join(this.runner.folder, 'caches', key);
    this.#log += existsSync(target) ? `${key} exists\n` : `saved ${key}\n`;
    if (!existsSync(target)) cpSync(folder, target, { recursive: true });
    return {};
  }

  #file(name: string): string {
    return path.join(this.temp, `_${name}`);
  }

  #text(text: string): string {
    return interpolate(text, this.#context(), { hasFailed: this.#hasFailed });
  }

  #context(): Context {
    const defaults = Object.entries(actionFile.inputs).map(([name, { default: text }]) => [
      name,
      interpolate(text, { github: this.event.github }, { hasFailed: false }),
    ]);
    return {
      github: this.event.github,
      inputs: { ...Object.fromEntries(defaults), ...this.given },
      steps: this.#steps,
    };
  }
}

/** The lines `name=value` of GITHUB_OUTPUT. */
function outputsIn(text: string): Context {
  const lines = text.split('\n').filter((line) => line !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=');
      assert.ok(at > 0, `no output: ${line}`);
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}
