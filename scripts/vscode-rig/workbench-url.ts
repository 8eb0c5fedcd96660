export interface WorkbenchPage {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Absolute path of a folder or a `.code-workspace` file. Without it the window is empty. */
  readonly workspace?: string;
  /** A suite to run in the extension host: the folder of an extension under development, and the suite's script. */
  readonly suite?: { readonly driver: string; readonly script: string };
}

/** The URL of a server's workbench. */
export function workbenchUrl({ origin, workspace, suite }: WorkbenchPage): string {
  const remote = (file: string) => `vscode-remote://${new URL(origin).host}${file}`;
  const payload = [
    ...(suite ? [['extensionDevelopmentPath', remote(suite.driver)] as const] : []),
    ...(suite ? [['extensionTestsPath', remote(suite.script)] as const] : []),
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  const url = new URL('/', origin);
  if (workspace === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', workspace);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
