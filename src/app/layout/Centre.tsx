/** The view in the middle, alone or split, and the dock below it. */
import { CanvasView, CodeView, ModuleTextPane } from '../slots.tsx';
import { useView } from '../../state/document-store.ts';
import { useRun } from '../../state/run-store.ts';
import { useCodeDock } from './code-dock.ts';
import { Dock } from './Dock.tsx';
import { useLayout } from './layout-store.ts';
import { Pane } from './Pane.tsx';
import { Region } from './Region.tsx';
import styles from './Workbench.module.css';
import own from './Centre.module.css';

export function Centre() {
  const running = useRun((state) => state.status !== null);
  const dockOpen = useView((state) => state.dockOpen);
  const maximised = useLayout((state) => state.maximised);
  const { mode, height } = useDockMode(running);
  return (
    <div className={own.centre}>
      <div className={`${styles.fill} ${own.view}`}>
        <View />
      </div>
      {dockOpen ? (
        <Pane id={`dock-${mode}`} side="bottom" label="Height of the dock" initial={height} min={96} max={1200} leave={120}>
          <div className={maximised ? own.maximised : own.dock}>
            <Dock />
          </div>
        </Pane>
      ) : null}
    </div>
  );
}

interface DockMode {
  readonly mode: 'design' | 'run' | 'code' | 'run-code' | 'code-reading';
  /** Pixels, until somebody sets it. */
  readonly height: number;
}

/** The dock keeps its height for each mode. Beside code it is low, but for what is to be read in it. */
function useDockMode(running: boolean): DockMode {
  const inCode = useView((state) => state.view === 'code');
  const chosen = useView((state) => state.dockTab);
  const chosenInCode = useCodeDock((state) => state.tab);
  const tab = running ? chosen : chosenInCode;
  if (!inCode) {
    return { mode: running ? 'run' : 'design', height: 300 };
  }
  if (tab === 'scenarios' || tab === 'module') {
    return { mode: 'code-reading', height: 300 };
  }
  // Its tabs, a row of tools, a head and five rows: the rest of a small window is for code.
  return running ? { mode: 'run-code', height: window.innerHeight >= 1000 ? 300 : 218 } : { mode: 'code', height: 136 };
}

function View() {
  const view = useView((state) => state.view);
  const split = useView((state) => state.split);
  if (!split) {
    return view === 'canvas' ? <Canvas /> : <Text view={view} />;
  }
  return (
    <div className={own.split}>
      <div className={styles.fill}>
        <Canvas />
      </div>
      <Pane id="split" side="right" label="Width of the text" initial={Math.round(window.innerWidth / 3)} min={200} max={1600} leave={200}>
        <Text view={view} />
      </Pane>
    </div>
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
