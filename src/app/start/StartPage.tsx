/** The first page: the examples, one's own files, and what this browser already holds. */
import { CircleHelp, FileText, FolderArchive, FolderOpen, Keyboard, Lock, Moon, Plus, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { ActionIconButton } from '../actions/ActionButton.tsx';
import { actionOf } from '../actions/registry.ts';
import { chooseFile, chooseFolder } from '../files/import-file.ts';
import { Logo } from '../layout/Logo.tsx';
import { Banners } from '../layout/Banner.tsx';
import { navigate } from '../routes.ts';
import { useSession } from '../session.ts';
import { EXAMPLES } from '../slots.tsx';
import { useView } from '../../state/document-store.ts';
import { EXAMPLE_PICTURES } from './example-pictures.ts';
import { ExampleGlyph, ExamplePreview } from './ExamplePreview.tsx';
import { Recent } from './Recent.tsx';
import styles from './StartPage.module.css';

export function StartPage() {
  const theme = useView((state) => state.theme);
  return (
    <div className={styles.screen}>
      <header className={styles.bar}>
        <Logo />
        <span className={styles.product}>StateFun Studio</span>
        <ActionIconButton id="theme" icon={theme === 'dark' ? Sun : Moon} />
        <ActionIconButton id="shortcuts" icon={Keyboard} />
        <ActionIconButton id="about" icon={CircleHelp} />
      </header>
      <Banners />
      <main className={styles.main}>
        <div className={styles.card}>
          <Examples />
          <Own />
        </div>
      </main>
      <footer className={styles.status}>
        <Lock aria-hidden="true" />
        <span>Works offline, nothing leaves this browser</span>
        <span className={styles.right}>StateFun 3.3</span>
      </footer>
    </div>
  );
}

function openExample(example: string): void {
  navigate({ type: 'example', example });
}

function Examples() {
  const error = useSession((state) => state.error);
  const [first, ...others] = EXAMPLES;
  const picture = EXAMPLE_PICTURES[first.id];
  return (
    <section aria-label="Examples">
      <div className={styles.first}>
        <h1>Start with a working module</h1>
        <p>Draw it, write its functions, run it on virtual time, then export a project that runs.</p>
        {error === null ? null : (
          <div className={styles.error}>
            <ErrorNote live>{error}</ErrorNote>
          </div>
        )}
        <div className={styles.preview}>
          {picture === undefined ? null : <ExamplePreview picture={picture} label={`The graph of ${first.title}`} />}
        </div>
        <div className={styles.firstRow}>
          <div>
            <h2>{first.title}</h2>
            <p>{first.stats}</p>
          </div>
          <Button variant="primary" size="large" onPress={() => openExample(first.id)}>
            Open the example
          </Button>
        </div>
      </div>
      {others.map((example) => (
        <div key={example.id} className={styles.example}>
          <Glyph id={example.id} />
          <div>
            <h2>{example.title}</h2>
            <p>{example.stats}</p>
          </div>
          <Button variant="line" aria-label={`Open ${example.title}`} onPress={() => openExample(example.id)}>
            Open
          </Button>
        </div>
      ))}
    </section>
  );
}

function Glyph({ id }: { readonly id: string }) {
  const picture = EXAMPLE_PICTURES[id];
  return picture === undefined ? <span /> : <ExampleGlyph picture={picture} />;
}

function Own() {
  return (
    <div className={styles.own}>
      <section aria-label="Or bring your own">
        <h2 className={styles.head}>Or bring your own</h2>
        <Option
          icon={<FileText />}
          title="Open a module.yaml"
          text="Draws the graph, keeps your comments"
          keys="Ctrl+O"
          onPress={() => chooseFile('module')}
        />
        <Option
          icon={<FolderOpen />}
          title="Open a project folder"
          text="Its module and code; nothing is written to it"
          onPress={() => void chooseFolder()}
        />
        <Option icon={<FolderArchive />} title="Open a project ZIP" text="Module and code in one file" onPress={() => chooseFile('zip')} />
        <Option icon={<Plus />} title="Empty canvas" text="Add the first ingress yourself" onPress={actionOf('new-project').run} />
      </section>
      <Recent />
      <p className={styles.drop}>Drop a .yaml, a .zip or a folder anywhere</p>
    </div>
  );
}

interface OptionProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly keys?: string;
  readonly onPress: () => void;
}

function Option({ icon, title, text, keys, onPress }: OptionProps) {
  return (
    <AriaButton className={styles.option ?? ''} aria-label={title} onPress={onPress}>
      {icon}
      <span className={styles.optionTitle}>
        <span>{title}</span>
        {keys === undefined ? null : <Kbd keys={keys} />}
      </span>
      <span className={styles.optionText}>{text}</span>
    </AriaButton>
  );
}
