/** Records would be made for a topic that nothing reads. */
import { STUDIO_JSON } from '../../model/project.ts';
import { routeEntries } from '../../model/route-entries.ts';
import type { Check } from './check.ts';

export const feedWithoutIngress: Check = ({ studio, module }) => {
  const topics = new Set(module.components.flatMap((component) => routeEntries(component).map((entry) => entry.topic)));
  return studio.feeds.flatMap((feed, index) =>
    !feed.enabled || topics.has(feed.topic)
      ? []
      : [
          {
            code: 'feed-without-ingress' as const,
            severity: 'warning' as const,
            message: `No ingress reads the topic ${feed.topic}, so its generated records go nowhere: rename the topic or add a router for it.`,
            path: STUDIO_JSON,
            field: ['feeds', index],
          },
        ],
  );
};
