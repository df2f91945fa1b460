/** Made by the export of StateFun Studio. Which paths are served: those that the endpoints of module.yaml name. */
import { endpoints } from './project.js';

/** For probes. */
export const HEALTH = '/health';

/** No endpoint at all names nothing to keep to. */
const served = endpoints.map(({ path }) => new RegExp(`^${path.split('{function.name}').map(quoted).join('[^/]+')}$`));

/** @param any true where a proxy in front changes paths: then every path is served */
export function isServed(path, any) {
  return any || served.length === 0 || served.some((pattern) => pattern.test(path));
}

/** The path of a request, without what stands behind ? or #. */
export function pathOf(url) {
  const [path = ''] = url.split(/[?#]/, 1);
  return path === '' ? '/' : path;
}

function quoted(text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
