/**
 * The services of Monaco that the Studio replaces: edits over several files are one step of the document's history, and what an
 * editor has to say is said in the editor. Must be imported before the first use of Monaco.
 */
import { monaco } from './monaco-api.ts';
import { StandaloneServices } from 'monaco-editor/editor/standalone/browser/standaloneServices';

export interface TextReplacement {
  readonly range: monaco.IRange;
  readonly text: string;
}

type Apply = (label: string, edits: ReadonlyMap<monaco.editor.ITextModel, readonly TextReplacement[]>) => void;

let apply: Apply = () => undefined;

/** Who puts edits of any number of models into the document, as one step. */
export function onEditsOfFiles(handler: Apply): void {
  apply = handler;
}

interface ResourceEdit {
  readonly resource?: monaco.Uri;
  readonly versionId?: number;
  readonly textEdit?: TextReplacement;
}

const bulkEdits = {
  hasPreviewHandler: () => false,
  setPreviewHandler: () => ({ dispose: () => undefined }),
  async apply(
    given: readonly ResourceEdit[] | { readonly edits: readonly ResourceEdit[] },
    options?: { quotableLabel?: string; label?: string },
  ) {
    const edits = 'edits' in given ? given.edits : given;
    const byModel = new Map<monaco.editor.ITextModel, TextReplacement[]>();
    for (const { resource, versionId, textEdit } of edits) {
      const model = resource === undefined ? null : monaco.editor.getModel(resource);
      if (model === null || textEdit === undefined) {
        throw new Error('Only files of this project can be changed.');
      }
      if (versionId !== undefined && versionId !== model.getVersionId()) {
        throw new Error('The file changed in the meantime: try again.');
      }
      byModel.set(model, [...(byModel.get(model) ?? []), textEdit]);
    }
    if (byModel.size > 0) {
      apply(options?.quotableLabel ?? options?.label ?? 'Edit', byModel);
    }
    return { ariaSummary: `Changed ${edits.length} places in ${byModel.size} files`, isApplied: byModel.size > 0 };
  },
};

interface Notice {
  readonly message: unknown;
}

const NO_NOTICE = { progress: { infinite: () => undefined, total: () => undefined, worked: () => undefined, done: () => undefined } };

/** Says it at the cursor of the editor that has the focus: there is no other place where one would look. */
export function say(message: unknown): void {
  const text = message instanceof Error ? message.message : String(message);
  const editor = monaco.editor.getEditors().find((candidate) => candidate.hasTextFocus()) ?? monaco.editor.getEditors()[0];
  const position = editor?.getPosition() ?? null;
  const controller: unknown = editor?.getContribution('editor.contrib.messageController');
  if (position !== null && typeof controller === 'object' && controller !== null && 'showMessage' in controller) {
    if (typeof controller.showMessage === 'function') {
      controller.showMessage(text, position);
    }
  }
}

const notices = {
  info: say,
  warn: say,
  error: say,
  notify: (notice: Notice) => {
    say(notice.message);
    return { close: () => undefined, updateMessage: () => undefined, ...NO_NOTICE };
  },
  prompt: () => NO_NOTICE,
  status: () => ({ close: () => undefined }),
  setFilter: () => undefined,
  getFilter: () => 0,
};

StandaloneServices.initialize({ IWorkspaceEditService: bulkEdits, notificationService: notices });
