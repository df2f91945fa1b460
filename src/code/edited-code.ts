/** Whether the code of the project is another one than the run uses: edits wait for Ctrl+S. */
import { useEffect, useState } from 'react';
import type { ImportScans } from '../model/code-files.ts';
import { bundleHash } from '../sandbox/compile/source-hash.ts';
import { useDocument } from '../state/document-controller.ts';
import { useRun } from '../state/run-store.ts';
import { codeSources } from '../worker/code-sources.ts';

/** Real ms behind the last edit: a keystroke does not pay for it. */
const QUIET_MS = 400;

export function useEdited(): boolean {
  const running = useRun((state) => state.status?.code ?? null);
  const [edited, setEdited] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let round = 0;
    const scans: ImportScans = new Map();
    const look = async () => {
      round += 1;
      const mine = round;
      const { sources, rules } = codeSources(useDocument.getState().project.files, scans);
      const hash = await bundleHash([...sources, ...rules]);
      if (mine === round) {
        setEdited(running !== null && hash !== running);
      }
    };
    const stop = useDocument.subscribe((state, before) => {
      if (state.project !== before.project) {
        round += 1;
        clearTimeout(timer);
        timer = setTimeout(() => void look(), QUIET_MS);
      }
    });
    void look();
    return () => {
      round += 1;
      clearTimeout(timer);
      stop();
      setEdited(false);
    };
  }, [running]);
  return edited;
}
