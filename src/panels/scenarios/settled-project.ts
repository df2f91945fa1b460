/** The project as it is once typing pauses: a keystroke must not wait for a panel beside the editor. Up to date when a verdict comes. */
import { useEffect, useState } from 'react';
import type { Project } from '../../model/project.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useScenarioPlays } from '../../state/scenario-plays.ts';

const PAUSE_MS = 250;

export function useSettledProject(): Project {
  const [project, setProject] = useState(() => useDocument.getState().project);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const catchUp = () => {
      clearTimeout(timer);
      setProject(useDocument.getState().project);
    };
    const stopDocument = useDocument.subscribe((state, before) => {
      if (state.project !== before.project) {
        clearTimeout(timer);
        timer = setTimeout(catchUp, PAUSE_MS);
      }
    });
    const stopPlays = useScenarioPlays.subscribe((state, before) => {
      if (state.plays !== before.plays || state.comparisons !== before.comparisons) {
        catchUp();
      }
    });
    catchUp();
    return () => {
      clearTimeout(timer);
      stopDocument();
      stopPlays();
    };
  }, []);
  return project;
}
