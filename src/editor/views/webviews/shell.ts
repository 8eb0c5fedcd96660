export interface ShellOptions {
  /** The origin of the panel's files, for the content security policy. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  /** A new random text for each shell. */
  readonly nonce: string;
  /** What the panel shows, kept with its state, so that it can be restored after a reload. */
  readonly key: string;
}

/** The HTML of a panel. It has no data: the page asks for them by a message. */
export function shellHtml({ cspSource, script, style, nonce, key }: ShellOptions): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${attribute(style)}">
</head>
<body>
<main id="page" data-key="${attribute(key)}"></main>
<script nonce="${nonce}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

/** Text for an attribute in double quotes. A path may contain anything. */
export function attribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
