/** Asks whether the Studio may call a function server: which URL, for which functions, and what that means. */
import { useRemoteConsent } from '../../state/remote-consent.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './dialogs.module.css';

export function RemoteConsentDialog() {
  const question = useRemoteConsent((state) => state.question);
  if (question === null) {
    return null;
  }
  const { functions, url } = question.remote;
  return (
    <Dialog
      title="Call this function server?"
      isOpen
      role="alertdialog"
      size="small"
      onClose={() => question.answer(false)}
      footer={
        <>
          <Button variant="line" onPress={() => question.answer(false)}>
            Cancel
          </Button>
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
          <Button variant="primary" onPress={() => question.answer(true)} autoFocus>
            Allow calls
          </Button>
        </>
      }
    >
      <div className={styles.prose}>
        <p className={styles.url}>{url}</p>
        <p>
          In this project <code>{functions}</code> is answered there. In a run the Studio will send it what these functions receive: keys,
          messages and state. Only the bytes of StateFun’s protocol go out, nothing of your browser.
        </p>
        {isHere(url) ? null : <p>This is not your own machine. Allow it only if you know who answers there.</p>}
        <p>Kept for this project on this machine, and asked again when the URL changes.</p>
      </div>
    </Dialog>
  );
}

function isHere(url: string): boolean {
  return /^https?:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?([/?]|$)/i.test(url);
}
