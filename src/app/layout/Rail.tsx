/** In a run the left column gives its width to the graph: a rail of tools stands in its place. */
import { Code, Keyboard, List, MousePointer2, Plus, Settings } from 'lucide-react';
import { IconButton } from '../../ui/IconButton.tsx';
import { ActionIconButton } from '../actions/ActionButton.tsx';
import { useView } from '../../state/document-store.ts';
import { focusRegion } from './focus-regions.ts';
import { showLeft, useLayout } from './layout-store.ts';
import type { LeftPanel } from './layout-store.ts';
import styles from './Rail.module.css';

export function Rail() {
  const left = useLayout((state) => state.left);
  const view = useView((state) => state.view);
  const setView = useView((state) => state.setView);
  const toggle = (panel: LeftPanel, region: string) => {
    showLeft(left === panel ? null : panel);
    if (left !== panel) {
      focusRegion(region);
    }
  };
  return (
    <nav className={styles.rail} aria-label="Tools">
      <IconButton
        size="large"
        label="Canvas only"
        pressed={left === null && view === 'canvas'}
        icon={<MousePointer2 />}
        onPress={() => {
          showLeft(null);
          setView('canvas');
        }}
      />
      <IconButton size="large" label="Add" keys="A" pressed={left === 'add'} icon={<Plus />} onPress={() => toggle('add', 'Add')} />
      <IconButton size="large" label="Outline" pressed={left === 'outline'} icon={<List />} onPress={() => toggle('outline', 'Outline')} />
      <IconButton size="large" label="Code" keys="2" pressed={view === 'code'} icon={<Code />} onPress={() => setView('code')} />
      <span className={styles.grow} />
      <ActionIconButton size="large" id="shortcuts" icon={Keyboard} />
      <ActionIconButton size="large" id="settings" icon={Settings} />
    </nav>
  );
}
