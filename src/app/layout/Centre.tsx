/** The view in the middle, alone or split, and the dock below it. */
import { CanvasView, CodeView, ModuleTextPane } from '../slots.tsx';
import { useView } from '../../state/document-store.ts';
import { useRun } from '../../state/run-store.ts';
import { Dock } from './Dock.tsx';
import { useLayout } from './layout-store.ts';
import { Pane } from './Pane.tsx';
import { Region } from './Region.tsx';
import styles from './Workbench.module.css';
import own from './Centre.module.css';

export function Centre() {
  const running = useRun((state) => state.status !== null);
  const dockOpen = useView((state) => state.dockOpen);
  const codeView = useView((state) => state.view === 'code');
  const maximised = useLayout((state) => state.maximised);
  // The dock keeps its height for each mode.
  const mode = running ? 'run' : codeView ? 'code' : 'design';
  return (
    <div className={own.centre}>
      <div className={`${styles.fill} ${own.view}`}>
        <View />
      </div>
      {dockOpen ? (
        <Pane id={`dock-${mode}`} side="bottom" label="Height of the dock" initial={300} min={96} max={1200} leave={120}>
          <div className={maximised ? own.maximised : own.dock}>
            <Dock />
          </div>
        </Pane>
      ) : null}
    </div>
  );
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
