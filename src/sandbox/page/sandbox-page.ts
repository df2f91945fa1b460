/** sandbox.html and its policy. A server sends the policy as a header; the meta tag serves hosts that send none. */

/** Where the page is, relative to the app's own page. */
export const SANDBOX_PAGE = 'sandbox.html';

/** @param scriptHash base64 of the SHA-256 of the inline script */
function directives(scriptHash: string): string {
  return `default-src 'none'; script-src 'sha256-${scriptHash}'; worker-src blob:; base-uri 'none'; form-action 'none'`;
}

/** The exact value of the page's Content-Security-Policy header. Browsers ignore `sandbox` and `frame-ancestors` in a meta tag. */
export function sandboxPolicyHeader(scriptHash: string): string {
  return `sandbox allow-scripts; frame-ancestors 'self'; ${directives(scriptHash)}`;
}

export function sandboxPageHtml(bootScript: string, scriptHash: string): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${directives(scriptHash)}">`,
    '<title>StateFun Studio sandbox</title>',
    // Nothing between the tags but the script: its hash is taken over exactly that.
    `<script>${bootScript}</script>`,
    '</head>',
    '</html>',
    '',
  ].join('\n');
}
