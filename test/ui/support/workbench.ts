/** A real VS Code workbench with the packed extension, in a headless browser, for one suite of UI tests. */
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { findChromium, launchChromium } from '../../../scripts/vscode-rig/chromium.ts';
import { root } from '../../../scripts/vscode-rig/folders.ts';
import { keepLogs } from '../../../scripts/vscode-rig/keep-logs.ts';
import { packedExtension } from '../../../scripts/vscode-rig/packed-extension.ts';
import { provision } from '../../../scripts/vscode-rig/provision.ts';
import { type Rig, rigNamed } from '../../../scripts/vscode-rig/rigs.ts';
import { installVsix, startServer } from '../../../scripts/vscode-rig/server.ts';
import { keepConsole } from '../../../scripts/vscode-rig/server-rig.ts';
import { workbenchUrl } from '../../../scripts/vscode-rig/workbench-url.ts';
import { ExitGuard } from '../../../src/base/exit-guard.ts';
import { processesNaming } from '../../support/leaks.ts';
import { Closers } from './closers.ts';
import { eventually } from './eventually.ts';
import { outputOf } from './output.ts';
import { exactly, plain, textOf } from './text.ts';

export interface WorkbenchOptions {
  readonly rig?: Rig['name'];
  /** Writes what is in the folder that is opened; absent: an empty folder is. */
  readonly workspace?: (folder: string) => void | Promise<void>;
  /** A `.code-workspace` file in it to open instead, relative to it. */
  readonly workspaceFile?: string;
  /** Beside our own environment, for the extension host. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The opened folder's name. */
  readonly name?: string;
  /** User settings beside those of every test. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Asks for trust instead of trusting every workspace. */
  readonly workspaceTrust?: boolean;
}

/** Disposing it ends the browser and the server and removes their files. */
export interface Workbench extends AsyncDisposable {
  /** For what has no helper here. */
  readonly page: Page;
  /** The opened folder. */
  readonly workspace: string;
  /** The extension's cache folder. */
  readonly cache: string;
  /** Runs the command with this label in the palette, as `Polkadot: Prepare PVF`. */
  runCommand(label: string): Promise<void>;
  /** Takes the item that holds the text in the quick pick that is open. */
  pick(text: string): Promise<void>;
  openFile(name: string): Promise<void>;
  /** @param id with the extension's: `<publisher>.<name>.<id>` */
  statusItem(id: string): Locator;
  /** Waits until the item's text matches, and returns it. */
  statusText(id: string, wanted: RegExp): Promise<string>;
  /** The rows of the Problems view that are on screen, opened first. */
  problems(): Promise<Locator>;
  /** Opens a view container of the activity bar by its title and returns its rows. */
  treeRows(container: string): Promise<Locator>;
  /** All text of an output channel so far, from its file. */
  output(channel: string): string;
  /** Shows an output channel, for a screenshot. */
  showOutput(channel: string): Promise<void>;
  /** The texts of the toasts that are on screen. */
  toasts(): Promise<string[]>;
  /** How many the badge of a view container in the activity bar counts; 0 without a badge. */
  badge(container: string): Promise<number>;
  /** Drags the side bar's edge, so that longer lines can be read. */
  widenSideBar(width: number): Promise<void>;
  hidePanel(): Promise<void>;
  /** Dismisses all toasts, as a person would who has read them. */
  clearToasts(): Promise<void>;
  /** The document that a Markdown preview shows in the editor. */
  preview(): FrameLocator;
  /**
   * Writes `out/screenshots/<name>.png` and returns its path.
   * @param pointer `stays` keeps what it hovers over; else it is moved where nothing is
   */
  screenshot(name: string, pointer?: 'stays'): Promise<string>;
  /** Keeps screen and logs of what went wrong, and returns their folder. */
  keepEvidence(): Promise<string>;
}

const WAIT_MS = 60_000;
const OFFER_MS = 3000;

const tell = (line: string) => process.stderr.write(`${line}\n`);

export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const closers = new Closers();
  try {
    return await open(options, closers);
  } catch (error) {
    await closers[Symbol.asyncDispose]();
    throw error;
  }
}

async function open(options: WorkbenchOptions, closers: Closers): Promise<Workbench> {
  const guard = closers.use(new ExitGuard());
  const folder = await mkdtemp(path.join(tmpdir(), 'pvf-ui-'));
  guard.folder(folder);
  // With the editor everything ends that it has started.
  closers.add(() =>
    eventually(
      'its processes are gone',
      () => processesNaming(folder),
      (pids) => pids.length === 0,
    ),
  );
  const workspace = path.join(folder, options.name ?? 'workspace');
  const cache = path.join(folder, 'cache');
  await mkdir(workspace);
  await options.workspace?.(workspace);

  const rig = await provision(rigNamed(options.rig ?? 'newest'), guard, tell);
  await installVsix(rig, folder, await packedExtension(guard), guard);
  const { settings = {}, workspaceTrust = false } = options;
  const env = { PVF_CACHE_DIR: cache, ...options.env };
  const server = closers.use(await startServer({ rig, folder, guard, env, settings, workspaceTrust }));
  const browser = closers.use(await launchChromium(findChromium(process.env) ?? 'chromium'));
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(WAIT_MS);
  keepConsole(page, path.join(folder, 'console.log'));
  const opened = path.resolve(workspace, options.workspaceFile ?? '');
  await page.goto(workbenchUrl({ origin: server.origin, workspace: opened }));
  await page.locator('.monaco-workbench').waitFor();
  return {
    ...driverOf(page, folder),
    page,
    workspace,
    cache,
    [Symbol.asyncDispose]: () => closers[Symbol.asyncDispose](),
  };
}

type Driver = Omit<Workbench, 'page' | 'workspace' | 'cache' | typeof Symbol.asyncDispose>;

/** The selectors are the workbench's own and no promise of VS Code; both rigs have them. */
function driverOf(page: Page, folder: string): Driver {
  const input = page.locator('.quick-input-widget input.input');
  const actionOf = (container: string) => page.locator(`.activitybar .action-label[aria-label^="${container}"]`);
  const statusItem = (id: string) => page.locator(`.statusbar-item[id="${id}"]`);

  const pick = async (text: string) => {
    await input.waitFor();
    await input.fill(text);
    // The list is filtered a moment later, and Enter takes what has the focus then.
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text }).waitFor();
    await input.press('Enter');
  };
  const runCommand = async (label: string) => {
    // Another command's label may hold this one's, and be first because it was used before.
    const command = page.locator('.quick-input-list .label-name', { hasText: exactly(label) });
    const run = async () => {
      await page.keyboard.press('F1');
      await input.fill(`>${label}`, { timeout: OFFER_MS });
      await command.click({ timeout: OFFER_MS });
    };
    const isRun = () =>
      run().then(
        () => true,
        () => page.keyboard.press('Escape').then(() => false),
      );
    // A palette that was opened before the extensions were read in does not get their commands any more, and an editor
    // that opens at the moment closes it.
    await eventually(`the palette offers ${label}`, isRun, Boolean, WAIT_MS);
  };
  return {
    runCommand,
    pick,
    openFile: async (name) => {
      await page.keyboard.press('Control+P');
      await input.waitFor();
      await input.fill(name);
      // A row shows the file's name and then its folder.
      const parts = [path.basename(name), path.dirname(name)].filter((part) => part !== '.');
      const row = page.locator('.quick-input-list .monaco-list-row.focused');
      await parts.reduce((found, part) => found.filter({ hasText: part }), row).waitFor();
      await input.press('Enter');
      await page.locator('.tab.active', { hasText: path.basename(name) }).waitFor();
      await page.locator('.editor-instance .view-line', { hasText: /\S/ }).first().waitFor();
    },
    statusItem,
    statusText: async (id, wanted) => {
      const isThere = () => statusItem(id).isVisible();
      const read = async () => ((await isThere()) ? plain((await statusItem(id).textContent()) ?? '') : '');
      return eventually(`${id} says ${wanted}`, read, (text) => wanted.test(text), STATUS_MS);
    },
    problems: async () => {
      await runCommand('Problems: Focus on Problems View');
      return page.locator('.markers-panel .monaco-list-row');
    },
    treeRows: async (container) => {
      const action = actionOf(container).first();
      // A click on the container that is shown would hide it.
      const isShown = await action.locator('xpath=..').evaluate((item) => item.classList.contains('checked'));
      if (!isShown) await action.click();
      return page.locator('.sidebar .pane-body .monaco-list-row[role="treeitem"]');
    },
    output: (channel) => outputOf(path.join(folder, 'user/logs'), channel),
    showOutput: async (channel) => {
      await runCommand('Output: Show Output Channels...');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: channel }).first().waitFor();
      await pick(channel);
      await page.locator('.output-view .view-lines').waitFor();
    },
    toasts: () => page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts(),
    badge: async (container) => {
      const badge = actionOf(container).locator('xpath=..').locator('.badge-content');
      return Number(await textOf(badge));
    },
    widenSideBar: async (width) => {
      const box = await page.locator('.part.sidebar').boundingBox();
      if (box === null) throw new Error('there is no side bar');
      const y = box.y + box.height / 2;
      await page.mouse.move(box.x + box.width, y);
      await page.mouse.down();
      await page.mouse.move(box.x + width, y, { steps: 4 });
      await page.mouse.up();
    },
    hidePanel: async () => {
      const panel = page.locator('.part.panel');
      if (await panel.isVisible()) await runCommand('View: Toggle Panel Visibility');
      await panel.waitFor({ state: 'hidden' });
    },
    clearToasts: async () => {
      await runCommand('Notifications: Clear All Notifications');
      await page.locator('.notifications-toasts .notification-list-item').first().waitFor({ state: 'hidden' });
    },
    preview: () => page.frameLocator('iframe.webview.ready >> visible=true').frameLocator('#active-frame'),
    screenshot: async (name, pointer) => {
      if (pointer !== 'stays') {
        await page.mouse.move(200, 14);
        // What the pointer was over goes a moment later; a picture with it in is no failure.
        const hover = page.locator('.workbench-hover-container').first();
        await hover.waitFor({ state: 'hidden', timeout: 3000 }).catch(() => {});
      }
      const file = path.join(root, 'out/screenshots', `${name}.png`);
      await page.screenshot({ path: file });
      return file;
    },
    keepEvidence: async () => {
      await page.screenshot({ path: path.join(folder, 'end.png'), timeout: 5000 }).catch(() => {});
      return keepLogs(folder, 'ui');
    },
  };
}

/** The first text of an item comes only after the extension host has started. */
const STATUS_MS = 90_000;
