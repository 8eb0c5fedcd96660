/** What `vscode.l10n.t` does, so that the texts can be made, and tested, without VS Code. `{0}` stands for the first argument. */
export type Translate = (message: string, ...args: (string | number | boolean)[]) => string;
