/** How to run an exported project, for people. */
export function runReadme(name: string, ports: readonly number[]): string {
  const port = ports.length === 1 ? `port ${ports[0]}` : `the ports ${ports.join(' and ')}`;
  return `# ${name}

An Apache Flink Stateful Functions project: \`module.yaml\` for StateFun 3.3.0, the functions in \`functions/\`, and a server
that serves them with the official SDK (apache-flink-statefun 3.3.0).

Node 20.19 or newer is needed.

\`\`\`
npm ci
npm start
\`\`\`

\`npm start\` builds \`dist/server.cjs\` from \`functions/\` and serves on ${port}, where \`module.yaml\` expects the functions.
\`PORT\` asks for another port, \`HOST\` for one address (all by default).

\`npm run build\` only builds. To run what was built, \`dist/server.cjs\` and the packages of \`npm ci --omit=dev\` are enough:

\`\`\`
node dist/server.cjs
\`\`\`

StateFun loads \`module.yaml\` and reaches the functions at the \`urlPathTemplate\` of its endpoints: the host in it must lead to this server.
`;
}
