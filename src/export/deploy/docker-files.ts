/** Dockerfile of the function server, and what stays out of its image. */
import { GENERATED_MARK } from '../../model/generated-files.ts';
import { NODE } from './images.ts';

export interface DockerInput {
  readonly ports: readonly number[];
  /** Whether the project's lock file holds all it needs. */
  readonly locked: boolean;
  /** The script that builds. */
  readonly build: string;
  /** What npm reads when it installs, besides package.json and its lock. */
  readonly install: 'manifest' | 'everything';
  /** Where npm is told of a registry. */
  readonly npmrc: boolean;
}

export function dockerfile({ ports, locked, build, install, npmrc }: DockerInput): string {
  const npm = `RUN ${locked ? 'npm ci' : 'npm install'} --no-audit --no-fund`;
  const manifests = `COPY package.json package-lock.json*${npmrc ? ' .npmrc' : ''} ./`;
  const installed = install === 'everything' ? ['COPY . .', npm] : [manifests, npm, 'COPY . .'];
  // A package that is a folder of the project is a link to it.
  const kept =
    install === 'everything'
      ? 'COPY --from=build /app ./'
      : ['package.json ./', 'node_modules ./node_modules', 'dist ./dist'].map((path) => `COPY --from=build /app/${path}`).join('\n');
  return `# ${GENERATED_MARK}: the function server.
FROM ${NODE} AS build
WORKDIR /app
${installed.join('\n')}
RUN npm run ${build} && npm prune --omit=dev

FROM ${NODE}
ENV NODE_ENV=production
WORKDIR /app
${kept}
USER node
EXPOSE ${ports.join(' ')}
CMD ["node", "dist/server.cjs"]
`;
}

export function dockerignore(): string {
  return `# ${GENERATED_MARK}: what the image's build does not need, or must not see.
node_modules
dist
.git
.env
.env.*
**/*.pem
**/*.key
**/*.p12
**/*.pfx
**/*.jks
**/*.keystore
k8s
module.yaml
module.compose.yaml
scenarios
stubs
`;
}
