/** What looks like a secret, and what to know before running it. */
import { KeyRound, ShieldCheck } from 'lucide-react';
import { WAYS_OUT } from '../../export/secrets/secret-kinds.ts';
import type { FoundSecret, SecretKind } from '../../export/secrets/secret-kinds.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import type { ExportChoices, ExportOutcome } from './export-choices.ts';
import { PlaceButton } from './PlaceButton.tsx';
import styles from './ExportDialog.module.css';

interface NotesProps {
  readonly choices: ExportChoices;
  readonly outcome: ExportOutcome;
  readonly change: (part: Partial<ExportChoices>) => void;
}

export function ExportSecrets({ choices, outcome, change }: NotesProps) {
  const { found, leftOut } = outcome;
  const isOut = choices.withoutSecrets;
  if (found.length === 0 && leftOut.length === 0) {
    return null;
  }
  const stays = outcome.problems.some(({ code }) => code === 'secret-stays');
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  return (
    <section className={`${styles.secrets} ${isOut && !stays ? styles.safe : ''}`} aria-label="Secrets">
      <h3>
        {isOut && !stays ? <ShieldCheck aria-hidden="true" /> : <KeyRound aria-hidden="true" />}{' '}
        {stays ? 'Not every possible secret can be left out' : headline(found.length, isOut)}
      </h3>
      <Checkbox
        isSelected={isOut}
        onChange={(withoutSecrets) => change({ withoutSecrets })}
        description={
          choices.kind === 'runnable'
            ? 'Names stand in their places, and .env.example says what to fill in. Your project stays as it is.'
            : 'Names stand in their places; what fills them in comes with a runnable project. Your project stays as it is.'
        }
      >
        Leave secrets out
      </Checkbox>
      {isOut && !stays ? (
        <ul className={styles.places}>
          {leftOut.map((secret) => (
            <li key={`${placeOf(secret)} ${secret.what} ${secret.instead}`}>
              <Place secret={secret} /> <span className={styles.instead}>{secret.instead}</span>
            </li>
          ))}
        </ul>
      ) : (
        kinds.map((kind) => <SecretsOfKind key={kind} kind={kind} secrets={found.filter((secret) => secret.kind === kind)} />)
      )}
    </section>
  );
}

function headline(count: number, isOut: boolean): string {
  if (isOut) {
    return count === 1 ? '1 possible secret stays here' : `${count} possible secrets stay here`;
  }
  return count === 1 ? '1 possible secret goes along' : `${count} possible secrets go along`;
}

function placeOf({ path, line }: FoundSecret): string {
  return `${path}${line === null ? '' : `:${line}`}`;
}

function Place({ secret }: { readonly secret: FoundSecret }) {
  return (
    <>
      <PlaceButton path={secret.path} line={secret.line} /> {secret.what === secret.path ? '' : secret.what}
    </>
  );
}

/** The places, then once what to do about them. */
function SecretsOfKind({ kind, secrets }: { readonly kind: SecretKind; readonly secrets: readonly FoundSecret[] }) {
  return (
    <div>
      <ul className={styles.places}>
        {secrets.map((secret) => (
          <li key={`${placeOf(secret)}:${secret.what}`}>
            <Place secret={secret} />
          </li>
        ))}
      </ul>
      <p className={styles.quiet}>{WAYS_OUT[kind]}</p>
    </div>
  );
}

export function ExportNotes({ outcome }: Pick<NotesProps, 'outcome'>) {
  const notes = outcome.exported?.notes ?? [];
  return notes.length === 0 ? null : (
    <section className={styles.group} aria-label="Good to know">
      <h3>Good to know</h3>
      <ul className={styles.notes}>
        {notes.map(({ severity, message }) => (
          <li key={message}>
            <ErrorNote tone={severity}>{message}</ErrorNote>
          </li>
        ))}
      </ul>
    </section>
  );
}
