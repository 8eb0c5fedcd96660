/**
 * Tests in VS Code itself, where it can be downloaded. This rig has never run to the end, because its author had no
 * access to the download host. It shares the suite and the judgement of results with the server rig.
 */
import path from 'node:path';
import type { TestOptions } from '@vscode/test-electron';
import { runProgram } from '../provision/run-program.ts';
import { downloadFolder } from './choose-rig.ts';
import type { HostEnd } from './host-run.ts';
import type { SuiteRun } from './suite-run.ts';

/** Says why VS Code itself can't start on this machine; undefined when it can. */
export function electronRigProblem(): string | undefined {
  const { platform, env } = process;
  if (platform !== 'linux' || env['DISPLAY'] || env['WAYLAND_DISPLAY']) return undefined;
  return 'VS Code needs a display (run xvfb-run -a npm test, or set TEST_VSCODE_RIG=server)';
}

/** Runs a bundled suite in VS Code itself, with the extension installed from its package. */
export async function runOnElectron(run: SuiteRun): Promise<HostEnd> {
  const { rig, vsix, suite, driver, workspace, folder, env, timeoutMs, guard } = run;
  // Loaded here only, because the other rig does not need the package.
  const { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests, TestRunFailedError } = await import(
    '@vscode/test-electron'
  );
  const download = { version: rig.electronVersion, cachePath: downloadFolder() };
  const vscodeExecutablePath = process.env['VSCODE_EXECUTABLE'] ?? (await downloadAndUnzipVSCode(download));
  const own = ['--user-data-dir', path.join(folder, 'user'), '--extensions-dir', path.join(folder, 'extensions')];
  const [program = '', ...args] = resolveCliArgsFromVSCodeExecutablePath(vscodeExecutablePath, {
    reuseMachineInstall: true,
  });
  const install = [...args, ...own, '--install-extension', vsix];
  await runProgram(program, install, { cwd: folder, env: process.env, minutes: 2, guard });
  const options: TestOptions = {
    vscodeExecutablePath,
    extensionDevelopmentPath: driver,
    extensionTestsPath: suite,
    extensionTestsEnv: { ...env },
    launchArgs: [
      ...[workspace, ...own, '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
      // Tasks get the variables of this run, too, not those of a login shell.
      '--force-disable-user-env',
    ],
    reuseMachineInstall: true,
  };
  const ended = runTests(options).then(
    (code): HostEnd => ({ kind: 'exited', code }),
    (error: unknown): HostEnd => {
      if (error instanceof TestRunFailedError) return { kind: 'exited', code: error.code ?? 1 };
      throw error;
    },
  );
  return Promise.race([ended, timedOut(timeoutMs)]);
}

function timedOut(afterMs: number): Promise<HostEnd> {
  return new Promise((resolve) => setTimeout(resolve, afterMs, { kind: 'timed-out', afterMs }).unref());
}
