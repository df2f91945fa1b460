/**
 * The text of module.yaml beside the canvas: what the selection stands for is marked, problems are underlined. It is light until
 * someone wants to type: then the editor takes its place, at the same line.
 */
import { Suspense, lazy, useEffect, useMemo, useRef, useState } from 'react';
import type { NodeId } from '../base/ids.ts';
import { nodeKind, routerParts, ingressNode } from '../model/graph-ids.ts';
import type { DecodedModule } from '../model/module.ts';
import { MODULE_YAML, textFile } from '../model/project.ts';
import type { Problem } from '../model/problem.ts';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { yamlTokens } from './yaml-tokens.ts';
import styles from './ModuleTextPane.module.css';

const MonacoEditor = lazy(async () => ({ default: (await import('./MonacoEditor.tsx')).MonacoEditor }));

const LINE_HEIGHT = 20;
/** Above the first line, as in the editor. */
const PADDING = 8;

export function ModuleTextPane() {
  const text = useDocument((state) => textFile(state.project, MODULE_YAML));
  const module = useDocument((state) => state.module);
  const problems = useDocument((state) => state.problems);
  const selection = useView((state) => state.selection);
  const reveal = useView((state) => state.reveal);
  const [asked, setEditing] = useState<{ readonly line: number } | null>(null);
  // Something to reveal calls for the editor, which can select it.
  const editing = asked ?? (reveal?.path === MODULE_YAML ? { line: 1 } : null);
  const marked = useMemo(() => selectedLines(module, selection), [module, selection]);

  if (text === null) {
    return <EmptyState>module.yaml appears here with the first ingress, egress or endpoint you add.</EmptyState>;
  }
  if (editing === null) {
    return <LightText text={text} marked={marked} problems={problems} onEdit={(line) => setEditing({ line })} />;
  }
  return (
    <Suspense fallback={<LightText text={text} marked={marked} problems={problems} onEdit={() => undefined} />}>
      <MonacoEditor
        path={MODULE_YAML}
        label="module.yaml"
        startLine={editing.line}
        marked={marked}
        focusOnOpen
        onApply={() => void apply()}
      />
    </Suspense>
  );
}

/** With the editor only: what is shown first does without. */
async function apply(): Promise<void> {
  const { applyCode } = await import('./apply-code.ts');
  await applyCode();
}

interface LightTextProps {
  readonly text: string;
  readonly marked: { readonly from: number; readonly to: number } | null;
  readonly problems: readonly Problem[];
  readonly onEdit: (line: number) => void;
}

function LightText({ text, marked, problems, onEdit }: LightTextProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => text.split(/\r\n|\r|\n/), [text]);
  const faulty = useMemo(() => faultyLines(text, problems), [text, problems]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null || marked === null) {
      return;
    }
    const top = PADDING + (marked.from - 1) * LINE_HEIGHT;
    const bottom = PADDING + marked.to * LINE_HEIGHT;
    if (top < element.scrollTop || bottom > element.scrollTop + element.clientHeight) {
      element.scrollTop = Math.max(0, top - LINE_HEIGHT);
    }
  }, [marked]);

  return (
    <div
      ref={scroller}
      className={styles.light}
      role="textbox"
      aria-multiline="true"
      aria-readonly="true"
      aria-label="module.yaml, press Enter to edit"
      tabIndex={0}
      onClick={(event) => onEdit(lineAt(scroller.current, event.clientY, lines.length))}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'F2') {
          event.preventDefault();
          onEdit(marked?.from ?? 1);
        }
      }}
    >
      {lines.map((line, index) => {
        const number = index + 1;
        const inside = marked !== null && number >= marked.from && number <= marked.to;
        return (
          // A line is named by its number.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className={`${styles.line} ${inside ? styles.marked : ''}`}>
            <span className={styles.lineNumber} aria-hidden="true">
              {number}
            </span>
            <code className={faulty.get(number) === undefined ? undefined : styles[faulty.get(number) ?? 'error']}>
              {yamlTokens(line).map((token, place) => (
                // oxlint-disable-next-line react/no-array-index-key
                <span key={place} className={styles[token.kind]}>
                  {token.text}
                </span>
              ))}
            </code>
          </div>
        );
      })}
    </div>
  );
}

function lineAt(element: HTMLElement | null, clientY: number, count: number): number {
  if (element === null) {
    return 1;
  }
  const y = clientY - element.getBoundingClientRect().top + element.scrollTop;
  return Math.min(count, Math.max(1, Math.floor((y - PADDING) / LINE_HEIGHT) + 1));
}

/** Lines of the component that the selected item belongs to. */
function selectedLines(module: DecodedModule, selection: readonly NodeId[]): { readonly from: number; readonly to: number } | null {
  const [selected] = selection;
  if (selected === undefined || selection.length !== 1) {
    return null;
  }
  const router = nodeKind(selected) === 'router' ? routerParts(selected) : null;
  const node = router === null ? selected : ingressNode(router.ingress);
  return module.components.find((component) => component.node === node)?.lines ?? null;
}

function faultyLines(text: string, problems: readonly Problem[]): ReadonlyMap<number, 'error' | 'warning'> {
  const found = new Map<number, 'error' | 'warning'>();
  for (const problem of problems) {
    if (problem.path === MODULE_YAML && problem.range !== undefined && problem.severity !== 'info') {
      const line = text.slice(0, problem.range.from).split(/\r\n|\r|\n/).length;
      if (found.get(line) !== 'error') {
        found.set(line, problem.severity);
      }
    }
  }
  return found;
}
