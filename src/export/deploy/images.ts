/** The images that containers are made of, with exact tags. */
import type { RuntimeTarget } from '../export-options.ts';

/** Java 11 on Flink 1.16.2. */
const STATEFUN = 'apache/flink-statefun:3.3.0';
/** The broker that the Studio's engine tests run with. */
export const KAFKA = 'apache/kafka:3.9.1';
export const NODE = 'node:22.14.0-slim';

export function runtimeImage(target: RuntimeTarget): string {
  return target.type === 'apache' ? STATEFUN : target.image;
}

/** Where StateFun's image looks for modules: one folder a module. */
export function moduleFolder(name: string): string {
  return `/opt/statefun/modules/${name}`;
}

/** Where a module.yaml lies that is filled in before StateFun loads it, and the script that does it. */
export const TEMPLATE = '/opt/statefun/template';
export const RENDER = '/opt/statefun/render/render-module.sh';
