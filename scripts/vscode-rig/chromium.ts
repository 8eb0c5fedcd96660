import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser can reach only the test's server. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
];

/** The path of a Chromium: the one that `PVF_CHROMIUM` names, else the first on PATH. */
export function findChromium(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { PVF_CHROMIUM: chosen, PATH = '' } = env;
  if (chosen !== undefined) return existsSync(chosen) ? chosen : undefined;
  const folders = [...PATH.split(path.delimiter), '/usr/bin'].filter((folder) => path.isAbsolute(folder));
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) => existsSync(file));
}

export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: flags });
}
