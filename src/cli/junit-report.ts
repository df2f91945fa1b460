/** Results of scenarios in the XML that continuous integration reads. */
import type { ScenarioResult } from './scenario-result.ts';

export function junitReport(results: readonly ScenarioResult[]): string {
  const failed = results.filter(({ passed }) => !passed).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${results.length}" failures="${failed}">`,
    `  <testsuite name="scenarios" tests="${results.length}" failures="${failed}">`,
    ...results.map(
      ({ scenario, file, passed, text }) =>
        `    <testcase name="${escaped(scenario)}" classname="scenarios" file="${escaped(file)}"${passed ? '/>' : `>\n${failure(text)}\n    </testcase>`}`,
    ),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function failure(text: readonly string[]): string {
  return `      <failure message="${escaped(text[0]?.split('\n')[0] ?? 'failed')}">${escaped(text.join('\n'))}</failure>`;
}

/** Control characters have no place in XML 1.0, not even escaped. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
