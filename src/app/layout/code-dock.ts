/**
 * Which tab the dock shows in the code view: the console, until another is asked for there. The choice of the other views stays as it is,
 * so that going to the code and back changes nothing.
 */
import { create } from 'zustand';
import { MODULE_YAML } from '../../model/project.ts';
import { useView } from '../../state/document-store.ts';
import type { DockTab } from '../../state/document-store.ts';

export const useCodeDock = create<{ readonly tab: DockTab }>()(() => ({ tab: 'console' }));

useView.subscribe((state, before) => {
  if (state.view !== 'code') {
    return;
  }
  if (state.dockTab !== before.dockTab || state.dockAsked !== before.dockAsked) {
    useCodeDock.setState({ tab: state.dockTab });
  } else if (state.reveal !== before.reveal && state.reveal?.path === MODULE_YAML) {
    useCodeDock.setState({ tab: 'module' });
  }
});
