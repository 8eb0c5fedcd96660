/** Tests in a VS Code server, driven by a headless browser. Needs only npm packages and a Chromium. */
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { sleep } from '../../src/base/deadline.ts';
import { findChromium, launchChromium } from './chromium.ts';
import type { HostEnd } from './host-run.ts';
import { provision } from './provision.ts';
import { installVsix, startServer } from './server.ts';
import type { SuiteRun } from './suite-run.ts';
import { workbenchUrl } from './workbench-url.ts';

/** Says why a VS Code server can't run on this machine; undefined when it can. */
export function serverRigProblem(): string | undefined {
  const { platform, arch, env } = process;
  if (platform !== 'linux' || arch !== 'x64')
    return `the VS Code server needs Linux on x64, this is ${platform} on ${arch}`;
  if (findChromium(env) !== undefined) return undefined;
  return 'no Chromium was found (on Debian: apt-get install chromium, or set PVF_CHROMIUM to its path)';
}

/** Runs a bundled suite in the extension host of a VS Code server, with the extension installed from its package. */
export async function runOnServer(run: SuiteRun): Promise<HostEnd> {
  const { rig, vsix, suite, workspace, folder, env, timeoutMs, guard, print } = run;
  const installed = await provision(rig, guard, print);
  await installVsix(installed, folder, vsix, guard);
  await using server = await startServer({ rig: installed, folder, guard, env, automation: true });
  await using browser = await launchChromium(findChromium(process.env) ?? 'chromium');
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
  keepConsole(page, path.join(folder, 'console.log'));
  const exited = new Promise<HostEnd>((resolve, reject) => {
    const end = (code: number) => resolve({ kind: 'exited', code });
    page.exposeFunction('codeAutomationExit', end).catch(reject);
    page.once('crash', () => reject(new Error('the browser page crashed')));
  });
  await page.exposeFunction('codeAutomationLog', () => {});
  await page.goto(workbenchUrl({ origin: server.origin, workspace, suite: { driver: run.driver, script: suite } }));
  const stop = new AbortController();
  const late = sleep(timeoutMs, stop.signal).then((): HostEnd => ({ kind: 'timed-out', afterMs: timeoutMs }));
  late.catch(() => {});
  const end = await Promise.race([exited, late]);
  stop.abort();
  if (end.kind === 'timed-out' || end.code !== 0) {
    await page.screenshot({ path: path.join(folder, 'end.png'), timeout: 5000 }).catch(() => {});
  }
  return end;
}

/** Writes a page's log and its failed requests to a file. */
export function keepConsole(page: Page, file: string): void {
  const log = createWriteStream(file);
  const write = (line: string) => log.writable && log.write(`${line}\n`);
  page.on('console', (message) => write(`[${message.type()}] ${message.text()}`));
  page.on('pageerror', (error) => write(`[pageerror] ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => write(`[request] ${request.url()} ${request.failure()?.errorText}`));
  page.once('close', () => log.end());
}
