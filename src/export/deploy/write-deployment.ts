/** What runs StateFun and the function server in containers: image, compose, manifests, and what they are to be told. */
import type { FilePath } from '../../base/ids.ts';
import { filePath } from '../../base/ids.ts';
import { GENERATED_MARK } from '../../model/generated-files.ts';
import type { ModuleComponent } from '../../model/module.ts';
import { MODULE_YAML } from '../../model/project.ts';
import type { Project } from '../../model/project.ts';
import type { SimulationSettings } from '../../model/simulation-settings.ts';
import type { ExportOptions } from '../export-options.ts';
import type { ExportWriter } from '../export-writer.ts';
import type { PackageFiles } from '../merge-package.ts';
import { needsAnything, secretNeeds } from '../secrets/secret-needs.ts';
import type { SecretNeeds } from '../secrets/secret-needs.ts';
import type { Surroundings } from '../surroundings.ts';
import { awsVariables, composeFile } from './compose-file.ts';
import { dockerfile, dockerignore } from './docker-files.ts';
import { envExample } from './env-example.ts';
import { flinkConf, flinkConfName } from './flink-conf.ts';
import { moduleFolder } from './images.ts';
import { kubernetesFiles } from './kubernetes-files.ts';
import type { ComposePlan } from './local-module.ts';
import renderText from '../run-files/render-module.sh?raw';

export interface DeploymentInput {
  readonly project: Project;
  readonly options: ExportOptions;
  readonly label: string;
  readonly moduleText: string;
  readonly components: readonly ModuleComponent[];
  /** Texts of the functions that are served. */
  readonly code: readonly string[];
  readonly plan: ComposePlan | null;
  readonly surroundings: Surroundings;
  readonly settings: SimulationSettings;
  readonly ports: readonly number[];
  /** Null where no function is served here. */
  readonly pack: PackageFiles | null;
  /** Whether module.yaml holds secrets. */
  readonly secret: boolean;
}

export interface Deployment {
  readonly needs: SecretNeeds;
  /** Names that Amazon's clients look for. */
  readonly aws: readonly string[];
  /** The function server's Dockerfile, where there is one. */
  readonly docker: FilePath | null;
  readonly composeFile: FilePath;
  /** What compose has the containers load. */
  readonly moduleFile: FilePath;
  readonly envFile: FilePath | null;
}

export function writeDeployment(input: DeploymentInput, writer: ExportWriter): Deployment {
  const { project, options, label, moduleText, components, code, plan, surroundings, settings, ports, pack } = input;
  const { target, kubernetes } = options;
  const { endpoints, kinesis } = surroundings;
  const needs = secretNeeds(moduleText, components, code);
  const aws = Object.keys(awsVariables(kinesis));
  const isContained = plan !== null || kubernetes !== null;
  const npmrc = project.files.has(filePath('.npmrc'));
  const docker =
    pack !== null && (options.docker || isContained)
      ? writer.write('Dockerfile', dockerfile({ ports, locked: pack.locked, build: pack.scripts.build, install: pack.install, npmrc }))
      : null;
  if (docker !== null) {
    writer.writeUnlessThere('.dockerignore', dockerignore());
  }
  const envFile = isContained && needsAnything(needs, aws) ? writer.write('.env.example', envExample(needs, aws)) : null;
  const renderFile = isContained && needs.rendered ? writer.write('render-module.sh', renderText) : filePath('render-module.sh');
  let moduleFile: FilePath = MODULE_YAML;
  let composePath: FilePath = filePath('compose.yaml');
  if (plan !== null) {
    const conf = { jobName: label, settings, target, checkpoints: 'file:///checkpoint-dir' };
    const confFile = writer.write(
      flinkConfName(target),
      flinkConf({ ...conf, moduleFile: `${moduleFolder(label)}/module.yaml`, fixedPorts: false }),
    );
    if (plan.copy !== null) {
      const head = `# ${GENERATED_MARK}: module.yaml for the containers of compose, with addresses replaced.\n`;
      moduleFile = writer.write('module.compose.yaml', `${head}${plan.copy}`);
    }
    const loaded = plan.copy === null ? needs : secretNeeds(plan.copy, components, code);
    const names = { name: label, moduleFile, confFile, dockerfile: docker, renderFile };
    composePath = writer.write(
      composeName(project),
      composeFile({ ...names, target, plan, ports, settings, topics: options.topics, kinesis, needs: loaded }),
    );
  }
  if (kubernetes !== null) {
    const names = { name: label, target, renderFile };
    const manifests = kubernetesFiles({
      ...names,
      options: kubernetes,
      settings,
      endpoints,
      kinesis,
      secret: input.secret,
      needs,
      serves: pack !== null,
    });
    manifests.forEach((text, path) => writer.write(path, text));
  }
  return { needs, aws, docker, composeFile: composePath, moduleFile, envFile };
}

/** Compose takes compose.yaml before its older names: a project with one of those keeps it. */
function composeName(project: Project): string {
  const others = ['compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
  return others.some((path) => project.files.has(filePath(path))) ? 'compose.statefun.yaml' : 'compose.yaml';
}
