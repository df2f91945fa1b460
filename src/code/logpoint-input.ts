/** One line of input between two lines of code: room is made by a view zone, the field lies over it, since a zone takes no clicks. */
import type { monaco } from './monaco.ts';
import styles from './logpoints.module.css';

interface InputEvents {
  readonly commit: (text: string) => void;
  readonly closed: () => void;
}

const HEIGHT = 36;

/** Gives the function that closes it without a change. */
export function openLogpointInput(
  editor: monaco.editor.IStandaloneCodeEditor,
  line: number,
  text: string,
  events: InputEvents,
): () => void {
  const box = document.createElement('div');
  box.className = styles.box ?? '';
  const label = document.createElement('label');
  label.className = styles.label ?? '';
  label.textContent = 'Log';
  const input = document.createElement('input');
  input.className = styles.input ?? '';
  input.value = text;
  input.spellcheck = false;
  input.placeholder = 'an expression, or text with {expression}; empty removes it';
  input.setAttribute('aria-label', `Logpoint at line ${line}`);
  const keys = document.createElement('span');
  keys.className = styles.keys ?? '';
  keys.textContent = 'Enter sets it, Esc leaves';
  label.append(input);
  box.append(label, keys);

  let open = true;
  let zone = '';
  const widget: monaco.editor.IOverlayWidget = { getId: () => 'studio.logpoint', getDomNode: () => box, getPosition: () => null };
  const close = () => {
    if (!open) {
      return;
    }
    open = false;
    editor.changeViewZones((zones) => zones.removeZone(zone));
    editor.removeOverlayWidget(widget);
    events.closed();
  };
  const commit = () => {
    const written = input.value;
    close();
    events.commit(written);
  };

  input.addEventListener('keydown', (event) => {
    // The editor's own keys are none of this field's.
    event.stopPropagation();
    if (event.key === 'Enter') {
      event.preventDefault();
      commit();
      editor.focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      close();
      editor.focus();
    }
  });
  input.addEventListener('blur', () => {
    if (open) {
      commit();
    }
  });

  editor.addOverlayWidget(widget);
  editor.changeViewZones((zones) => {
    zone = zones.addZone({
      afterLineNumber: line - 1,
      heightInPx: HEIGHT,
      domNode: document.createElement('div'),
      onDomNodeTop: (top) => {
        box.style.top = `${top}px`;
      },
    });
  });
  const { contentLeft, contentWidth } = editor.getLayoutInfo();
  box.style.left = `${contentLeft}px`;
  box.style.width = `${Math.min(contentWidth - 24, 640)}px`;
  editor.revealLineInCenterIfOutsideViewport(line);
  requestAnimationFrame(() => {
    input.focus();
    input.select();
  });
  return close;
}
