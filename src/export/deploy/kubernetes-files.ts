/**
 * Kubernetes manifests for `kubectl apply -k .`: module.yaml itself is the source of what the pods load, so that there is no copy to
 * forget. Nothing in them depends on the namespace.
 */
import type { JsonValue } from '../../base/json.ts';
import type { FilePath } from '../../base/ids.ts';
import { filePath } from '../../base/ids.ts';
import type { SimulationSettings } from '../../model/simulation-settings.ts';
import type { KubernetesOptions, RuntimeTarget } from '../export-options.ts';
import type { SecretNeeds } from '../secrets/secret-needs.ts';
import { SECRETS_FOLDER } from '../secrets/secret-names.ts';
import type { Kinesis, Place, ServedEndpoint } from '../surroundings.ts';
import { MANAGER, WORKER } from '../surroundings.ts';
import { flinkConf, flinkConfName } from './flink-conf.ts';
import { RENDER, TEMPLATE, moduleFolder, runtimeImage } from './images.ts';
import { yamlText } from './yaml-text.ts';

export interface KubernetesInput {
  readonly name: string;
  readonly target: RuntimeTarget;
  readonly options: KubernetesOptions;
  readonly settings: SimulationSettings;
  readonly endpoints: readonly ServedEndpoint[];
  /** Whether there is a function server. */
  readonly serves: boolean;
  readonly kinesis: Kinesis | null;
  /** module.yaml holds secrets: then it is one. */
  readonly secret: boolean;
  readonly needs: SecretNeeds;
  /** The script that fills secrets into module.yaml, as it is called in the project. */
  readonly renderFile: string;
}

const CHECKPOINTS = '/checkpoint-dir';
const SERVER_PORT = 8000;
const UNTESTED = 'UNTESTED: the Studio was not tested with this runtime (io.github.kzmlabs.flinkstatefun on Flink 2).';

export function kubernetesFiles(input: KubernetesInput): ReadonlyMap<FilePath, string> {
  const conf = flinkConfName(input.target);
  const note = input.target.type === 'apache' ? [] : [UNTESTED];
  return new Map([
    [filePath('kustomization.yaml'), yamlText([...note, 'kubectl apply -k .'], kustomization(input, conf))],
    [
      filePath(`k8s/${conf}`),
      flinkConf({
        jobName: input.name,
        settings: input.settings,
        target: input.target,
        checkpoints: checkpointsUri(input.options),
        moduleFile: `${moduleFolder(input.name)}/module.yaml`,
        fixedPorts: true,
      }),
    ],
    ...(input.serves ? [[filePath('k8s/functions.yaml'), functionsFile(input)] as const] : []),
    [filePath('k8s/statefun.yaml'), yamlText([...note, "StateFun's manager and its workers."], ...statefunObjects(input, conf))],
  ]);
}

function functionsFile(input: KubernetesInput): string {
  return yamlText(['The function server, under the names and ports that the endpoints of module.yaml name.'], ...functionObjects(input));
}

/** Hosts in module.yaml that a Service of this namespace has: `name`, `name.namespace` and `name.namespace.svc…`. */
export function serviceOf(url: ServedEndpoint): Place | null {
  if (url.place !== null) {
    return url.place;
  }
  const match = /^http:\/\/([a-z0-9-]+)\.[a-z0-9-]+(?:\.svc(?:\.[a-z0-9.-]+)?)?(?::(\d+))?(?:[/?#]|$)/.exec(url.url);
  const [, host = '', port = '80'] = match ?? [];
  return match !== null && url.url.includes('.svc') ? { host, port: Number(port) } : null;
}

function checkpointsUri({ checkpoints }: KubernetesOptions): string {
  return checkpoints.type === 'uri' ? checkpoints.uri : `file://${CHECKPOINTS}`;
}

/** What the image's own file systems write: StateFun's Dockerfile puts the plugins s3-fs-presto, oss-fs-hadoop and azure-fs-hadoop in place. */
const STORED_BY_APACHE = ['s3', 's3p', 'oss', 'abfs', 'abfss', 'wasb', 'wasbs'];

/** Why checkpoints cannot go where they are to go, as far as it can be told; null where they can. */
export function checkpointStorageFault({ checkpoints }: KubernetesOptions, target: RuntimeTarget): string | null {
  if (checkpoints.type === 'claim') {
    return null;
  }
  const scheme = checkpoints.uri.slice(0, checkpoints.uri.indexOf(':'));
  if (scheme === 'file') {
    return `Checkpoints go to ${checkpoints.uri}, which is a disk of its own in each pod: name storage that all of them reach, or a volume claim.`;
  }
  return target.type === 'kzmlabs' || STORED_BY_APACHE.includes(scheme)
    ? null
    : `Checkpoints go to ${checkpoints.uri}, and ${runtimeImage(target)} has no file system for ${scheme}:// (it has ${STORED_BY_APACHE.join(', ')}): ${
        scheme === 's3a' ? 'write s3://.' : 'make an image of it with the plugin, or choose another place.'
      }`;
}

function kustomization({ name, secret, needs, renderFile, serves }: KubernetesInput, conf: string): JsonValue {
  const module = { name: `${name}-module`, files: ['module.yaml'] };
  const flink = { name: `${name}-flink`, files: [`${conf}=k8s/${conf}`] };
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    labels: [{ pairs: { 'app.kubernetes.io/part-of': name } }],
    resources: [...(serves ? ['k8s/functions.yaml'] : []), 'k8s/statefun.yaml'],
    configMapGenerator: [
      ...(secret ? [flink] : [module, flink]),
      ...(needs.rendered ? [{ name: `${name}-render`, files: [`render-module.sh=${renderFile}`] }] : []),
    ],
    ...(secret ? { secretGenerator: [module] } : {}),
    // A changed name would start the pods anew, without a savepoint.
    generatorOptions: { disableNameSuffixHash: true },
  };
}

function labels(name: string, component: string): { readonly [label: string]: string } {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': component };
}

function functionObjects({ name, options, endpoints, needs }: KubernetesInput): readonly JsonValue[] {
  const selector = labels(name, 'functions');
  const services = new Map<string, Set<number>>();
  for (const place of endpoints.map(serviceOf)) {
    if (place !== null) {
      services.set(place.host, (services.get(place.host) ?? new Set()).add(place.port));
    }
  }
  if (services.size === 0) {
    services.set(`${name}-functions`, new Set([SERVER_PORT]));
  }
  const probe = { httpGet: { path: '/health', port: 'http' } };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `${name}-functions`, labels: selector },
    spec: {
      replicas: 2,
      selector: { matchLabels: selector },
      template: {
        metadata: { labels: selector },
        spec: {
          automountServiceAccountToken: false,
          terminationGracePeriodSeconds: 30,
          securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'functions',
              image: options.functionsImage,
              env: [{ name: 'PORT', value: String(SERVER_PORT) }],
              ...(needs.variables.length === 0
                ? {}
                : { envFrom: [{ secretRef: { name: `${name}-env`, optional: !needs.variables.some(({ isRequired }) => isRequired) } }] }),
              ports: [{ name: 'http', containerPort: SERVER_PORT }],
              readinessProbe: { ...probe, periodSeconds: 5 },
              livenessProbe: { ...probe, initialDelaySeconds: 10, periodSeconds: 20 },
              resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } },
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
            },
          ],
        },
      },
    },
  };
  return [
    ...[...services].map(([host, ports]) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: host, labels: selector },
      spec: { selector, ports: [...ports].map((port) => ({ name: `http-${port}`, port, targetPort: 'http' })) },
    })),
    deployment,
  ];
}

function statefunObjects(input: KubernetesInput, conf: string): readonly JsonValue[] {
  const { name } = input;
  const selector = labels(name, 'manager');
  const ports = [
    { name: 'rpc', port: 6123 },
    { name: 'blob', port: 6124 },
    { name: 'web', port: 8081 },
  ];
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: MANAGER, labels: selector },
      spec: { selector, ports: ports.map((port) => ({ ...port, targetPort: port.name })), publishNotReadyAddresses: true },
    },
    statefunPods(input, conf, {
      component: 'manager',
      role: 'master',
      memory: '1Gi',
      ports: ports.map((port) => ({ name: port.name, containerPort: port.port })),
      probes: {
        readinessProbe: { httpGet: { path: '/overview', port: 'web' }, periodSeconds: 10 },
        livenessProbe: { tcpSocket: { port: 'rpc' }, initialDelaySeconds: 60, periodSeconds: 30 },
      },
    }),
    statefunPods(input, conf, {
      component: 'worker',
      role: 'worker',
      memory: '4Gi',
      ports: [{ name: 'rpc', containerPort: 6122 }],
      probes: { livenessProbe: { tcpSocket: { port: 'rpc' }, initialDelaySeconds: 60, periodSeconds: 30 } },
    }),
  ];
}

interface Role {
  readonly component: 'manager' | 'worker';
  readonly role: string;
  readonly memory: string;
  readonly ports: JsonValue;
  readonly probes: { readonly [name: string]: JsonValue };
}

function statefunPods(input: KubernetesInput, conf: string, role: Role): JsonValue {
  const { name, options, target, kinesis, secret, needs } = input;
  const selector = labels(name, role.component);
  const claim = options.checkpoints.type === 'claim' ? options.checkpoints.name : null;
  const module = secret ? { secret: { secretName: `${name}-module` } } : { configMap: { name: `${name}-module` } };
  const aws = kinesis?.credentials === true || kinesis?.region === true ? [{ secretRef: { name: `${name}-aws`, optional: true } }] : null;
  // A manager that is started anew begins with empty state, unless it is told a savepoint (S77): so none is started by itself.
  const isJob = role.component === 'manager';
  return {
    apiVersion: isJob ? 'batch/v1' : 'apps/v1',
    kind: isJob ? 'Job' : 'Deployment',
    metadata: { name: isJob ? MANAGER : WORKER, labels: selector },
    spec: {
      ...(isJob ? { backoffLimit: 0 } : { replicas: 1, strategy: { type: 'Recreate' }, selector: { matchLabels: selector } }),
      template: {
        metadata: { labels: selector },
        spec: {
          ...(isJob ? { restartPolicy: 'Never' } : {}),
          containers: [
            {
              name: role.component,
              image: runtimeImage(target),
              ...(needs.rendered ? { command: ['/bin/bash', RENDER] } : {}),
              ...(isJob ? { args: [] } : {}),
              env: [
                { name: 'ROLE', value: role.role },
                { name: 'MASTER_HOST', value: MANAGER },
                ...(needs.rendered ? [{ name: 'MODULE_FILE', value: `${moduleFolder(name)}/module.yaml` }] : []),
              ],
              ...(aws === null ? {} : { envFrom: aws }),
              ports: role.ports,
              ...role.probes,
              resources: { requests: { cpu: '500m', memory: role.memory }, limits: { memory: role.memory } },
              securityContext: { allowPrivilegeEscalation: false, seccompProfile: { type: 'RuntimeDefault' } },
              volumeMounts: [
                { name: 'module', mountPath: needs.rendered ? TEMPLATE : moduleFolder(name), readOnly: true },
                ...(needs.rendered ? [{ name: 'render', mountPath: RENDER.slice(0, RENDER.lastIndexOf('/')), readOnly: true }] : []),
                ...(needs.files.length === 0 ? [] : [{ name: 'secrets', mountPath: SECRETS_FOLDER, readOnly: true }]),
                { name: 'flink', mountPath: `/opt/flink/conf/${conf}`, subPath: conf, readOnly: true },
                ...(claim === null ? [] : [{ name: 'checkpoints', mountPath: CHECKPOINTS }]),
              ],
            },
          ],
          volumes: [
            { name: 'module', ...module },
            { name: 'flink', configMap: { name: `${name}-flink` } },
            ...(needs.rendered ? [{ name: 'render', configMap: { name: `${name}-render` } }] : []),
            ...(needs.files.length === 0 ? [] : [{ name: 'secrets', secret: { secretName: `${name}-secrets` } }]),
            ...(claim === null ? [] : [{ name: 'checkpoints', persistentVolumeClaim: { claimName: claim } }]),
          ],
        },
      },
    },
  };
}
