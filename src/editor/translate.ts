/** The type of `vscode.l10n.t`, so that texts can be made and tested without VS Code. `{0}` is the first argument. */
export type Translate = (message: string, ...args: (string | number | boolean)[]) => string;
