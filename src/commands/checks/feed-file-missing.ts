/** A feed reads a file that the project does not have. */
import { STUDIO_JSON, textFile } from '../../model/project.ts';
import type { Check } from './check.ts';

export const feedFileMissing: Check = ({ studio, project }) =>
  studio.feeds.flatMap((feed, index) =>
    feed.type !== 'file' || !feed.enabled || textFile(project, feed.path) !== null
      ? []
      : [
          {
            code: 'feed-file-missing' as const,
            severity: 'error' as const,
            message: `The records of topic ${feed.topic} come from ${feed.path}, and the project has no such text file: add it or choose another.`,
            path: STUDIO_JSON,
            field: ['feeds', index],
          },
        ],
  );
