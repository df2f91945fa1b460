/** Where the app is, by the address: `?project=<id>`, `?example=<id>`, or the start page. */
import { create } from 'zustand';
import { projectId } from '../base/ids.ts';
import type { ProjectId } from '../base/ids.ts';

export type Route =
  | { readonly type: 'start' }
  | { readonly type: 'example'; readonly example: string }
  | { readonly type: 'project'; readonly project: ProjectId };

export function parseRoute(search: string): Route {
  const params = new URLSearchParams(search);
  const example = params.get('example');
  if (example !== null && example !== '') {
    return { type: 'example', example };
  }
  const project = params.get('project');
  return project === null || project === '' ? { type: 'start' } : { type: 'project', project: projectId(project) };
}

export function routeAddress(route: Route): string {
  switch (route.type) {
    case 'start':
      return location.pathname;
    case 'example':
      return `?example=${encodeURIComponent(route.example)}`;
    case 'project':
      return `?project=${encodeURIComponent(route.project)}`;
  }
}

export const useRoute = create<{ readonly route: Route }>()(() => ({ route: parseRoute(location.search) }));

/** Follows the browser's back and forward. */
export function startRoutes(): void {
  window.addEventListener('popstate', () => useRoute.setState({ route: parseRoute(location.search) }));
}

export function navigate(route: Route): void {
  history.pushState(null, '', routeAddress(route));
  useRoute.setState({ route });
}

export function replaceRoute(route: Route): void {
  history.replaceState(null, '', routeAddress(route));
  useRoute.setState({ route });
}
