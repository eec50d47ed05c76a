/** What our pages in panels have in common: they come from the extension, run its script alone, and can reach nothing. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The file of its style and of its script in `dist`, what stands in it, and whether it shows pictures that it holds itself. */
export interface Page { title: string; file: string; body: string; hasPictures?: boolean }

export function showPage(panel: vscode.WebviewPanel, extension: vscode.Uri, page: Page): void {
  const files = vscode.Uri.joinPath(extension, 'dist');
  const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extension, 'media', `file-${theme}.svg`);
  panel.iconPath = { light: icon('light'), dark: icon('dark') };
  panel.webview.options = { enableScripts: true, enableForms: false, enableCommandUris: false, localResourceRoots: [files] };
  panel.webview.html = documentOf(panel.webview, files, page);
}

function documentOf(webview: vscode.Webview, files: vscode.Uri, { title, file, body, hasPictures }: Page): string {
  const nonce = randomBytes(16).toString('hex');
  const from = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(files, name)).toString();
  const pictures = hasPictures ? ' img-src data:;' : '';
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';${pictures} base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${from(`${file}.css`)}">
  <title>${title}</title>
</head>
<body>
${body}
  <script nonce="${nonce}" src="${from(`${file}.js`)}"></script>
</body>
</html>`;
}
