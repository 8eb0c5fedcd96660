import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';
import { pages } from '../../../base/bundles.ts';
import { attribute } from '../webviews/shell.ts';

/** The frame of the page. It may run only our script, and load nothing else. */
export function frameOf(webview: Webview, extension: Uri, language: string): string {
  const nonce = randomBytes(16).toString('hex');
  const uriOf = (file: string) => attribute(webview.asWebviewUri(Uri.joinPath(extension, file)).toString());
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${uriOf(pages.blob.files.style)}">
<title>PVF</title>
</head>
<body>
<main id="page" aria-busy="true"></main>
<script nonce="${nonce}" src="${uriOf(pages.blob.files.script)}"></script>
</body>
</html>`;
}
