import { lazy, Suspense } from 'react';
import { useDialog } from './dialogs/dialog-store.ts';
import { DropTarget } from './files/DropTarget.tsx';
import { Loading } from './layout/Region.tsx';
import { Workbench } from './layout/Workbench.tsx';
import { useSession } from './session.ts';
import { StartPage } from './start/StartPage.tsx';

const Dialogs = lazy(async () => ({ default: (await import('./dialogs/Dialogs.tsx')).Dialogs }));

export function App() {
  const phase = useSession((state) => state.phase);
  const dialog = useDialog((state) => state.open !== null);
  return (
    <>
      <DropTarget>{phase === 'start' ? <StartPage /> : phase === 'open' ? <Workbench /> : <Loading />}</DropTarget>
      {dialog ? (
        <Suspense fallback={null}>
          <Dialogs />
        </Suspense>
      ) : null}
    </>
  );
}
