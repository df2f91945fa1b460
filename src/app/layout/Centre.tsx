/** The view in the middle, alone or split, and the dock below it. */
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { layoutMemory } from '../local-memory.ts';
import { CanvasView, CodeView, ModuleTextPane } from '../slots.tsx';
import { useView } from '../../state/document-store.ts';
import { useRun } from '../../state/run-store.ts';
import { Dock } from './Dock.tsx';
import { useLayout } from './layout-store.ts';
import { Region } from './Region.tsx';
import styles from './Workbench.module.css';
import own from './Centre.module.css';

export function Centre() {
  const running = useRun((state) => state.status !== null);
  const dockOpen = useView((state) => state.dockOpen);
  const codeView = useView((state) => state.view === 'code');
  const maximised = useLayout((state) => state.maximised);
  const panelIds = ['view', ...(dockOpen ? ['dock'] : [])];
  // The dock keeps its height for each mode.
  const mode = running ? 'run' : codeView ? 'code' : 'design';
  const layout = useDefaultLayout({ id: `dock-${mode}`, panelIds, storage: layoutMemory, onlySaveAfterUserInteractions: true });
  return (
    <Group id="centre-rows" orientation="vertical" className={own.centre} {...layout}>
      <Panel id="view" minSize="120px">
        <View />
      </Panel>
      {dockOpen ? (
        <>
          <Separator className={styles.horizontal} aria-label="Height of the dock" />
          <Panel id="dock" defaultSize="300px" minSize="96px" groupResizeBehavior="preserve-pixel-size">
            <div className={maximised ? own.maximised : own.dock}>
              <Dock />
            </div>
          </Panel>
        </>
      ) : null}
    </Group>
  );
}

function View() {
  const view = useView((state) => state.view);
  const split = useView((state) => state.split);
  const layout = useDefaultLayout({
    id: 'split',
    panelIds: ['canvas', 'text'],
    storage: layoutMemory,
    onlySaveAfterUserInteractions: true,
  });
  if (!split) {
    return view === 'canvas' ? <Canvas /> : <Text view={view} />;
  }
  return (
    <Group id="split" {...layout}>
      <Panel id="canvas" minSize="200px">
        <Canvas />
      </Panel>
      <Separator className={styles.vertical} aria-label="Width of the canvas" />
      <Panel id="text" minSize="200px">
        <Text view={view} />
      </Panel>
    </Group>
  );
}

function Canvas() {
  return (
    <Region name="Canvas" letters>
      <CanvasView />
    </Region>
  );
}

function Text({ view }: { readonly view: 'canvas' | 'code' | 'module' }) {
  return view === 'module' ? (
    <Region name="module.yaml" className={own.text}>
      <ModuleTextPane />
    </Region>
  ) : (
    <Region name="Code" className={own.text}>
      <CodeView />
    </Region>
  );
}
