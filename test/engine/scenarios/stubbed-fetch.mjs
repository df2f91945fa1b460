// Loaded into an exported server before its own code: third-party services answer as the project's stubs say (STUBS, a list as JSON).
const rules = JSON.parse(process.env.STUBS ?? '[]').map(({ url, status = 200, body = null, latencyMillis = 0 }) => ({
  pattern: new RegExp(
    `^${url
      .split('*')
      .map((part) => part.replaceAll(/[.?+^$()[\]{}|\\]/g, String.raw`\$&`))
      .join('.*')}$`,
  ),
  status,
  body,
  latencyMillis,
}));

globalThis.fetch = async (input) => {
  const url = String(input);
  const rule = rules.find(({ pattern }) => pattern.test(url));
  if (rule === undefined) {
    throw new TypeError(`no stub answers ${url}`);
  }
  await new Promise((resolve) => {
    setTimeout(resolve, rule.latencyMillis);
  });
  return new Response(JSON.stringify(rule.body), { status: rule.status });
};
