import path from 'node:path';
import type { ExitGuard } from '../../src/base/exit-guard.ts';
import { runProgram } from './run-program.ts';

export interface NpmOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly guard: ExitGuard;
}

const quietly = ['--no-audit', '--no-fund', '--loglevel=error', '--foreground-scripts'];

/** Runs npm in a folder. Rejects with its output when it fails. */
export async function npm(args: readonly string[], { cwd, env = npmEnvironment(), guard }: NpmOptions): Promise<void> {
  // npm passes its own path to scripts; without it, take the npm on PATH.
  const { npm_execpath: script = '' } = process.env;
  const [program, ...first] = script.endsWith('npm-cli.js') ? [process.execPath, script] : ['npm'];
  await runProgram(program ?? 'npm', [...first, ...quietly, ...args], { cwd, env, minutes: 15, guard });
}

/**
 * This process's environment without the variables of an npm that runs it, because they belong to another project.
 * @param node a folder with Node and its C headers, for compiling native parts
 */
export function npmEnvironment(node?: string): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(?!config_registry)|NODE_ENV$|INIT_CWD$)/.test(name),
  );
  const env = Object.fromEntries(own);
  if (node === undefined) return env;
  // Without nodedir, npm downloads the headers.
  return { ...env, PATH: `${path.join(node, 'bin')}${path.delimiter}${env['PATH']}`, npm_config_nodedir: node };
}
