import { lazy, Suspense } from 'react';
import { useDialog } from './dialogs/dialog-store.ts';
import { DropTarget } from './files/DropTarget.tsx';
import { Loading } from './layout/Region.tsx';
import { Workbench } from './layout/Workbench.tsx';
import { useSession } from './session.ts';
import { useRemoteConsent } from '../state/remote-consent.ts';

const RemoteConsentDialog = lazy(async () => ({ default: (await import('./dialogs/RemoteConsentDialog.tsx')).RemoteConsentDialog }));
const StartPage = lazy(async () => ({ default: (await import('./start/StartPage.tsx')).StartPage }));
const Dialogs = lazy(async () => ({ default: (await import('./dialogs/Dialogs.tsx')).Dialogs }));

export function App() {
  const phase = useSession((state) => state.phase);
  const dialog = useDialog((state) => state.open !== null);
  const asked = useRemoteConsent((state) => state.question !== null);
  return (
    <>
      <DropTarget>
        {phase === 'start' ? (
          <Suspense fallback={<Loading />}>
            <StartPage />
          </Suspense>
        ) : phase === 'open' ? (
          <Workbench />
        ) : (
          <Loading />
        )}
      </DropTarget>
      {dialog ? (
        <Suspense fallback={null}>
          <Dialogs />
        </Suspense>
      ) : null}
      {asked ? (
        <Suspense fallback={null}>
          <RemoteConsentDialog />
        </Suspense>
      ) : null}
    </>
  );
}
