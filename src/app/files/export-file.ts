/** What leaves the Studio as a download. Works from memory, so it also rescues a project whose storage failed. */
import { useDocument } from '../../state/document-controller.ts';
import type { Project } from '../../model/project.ts';

export function downloadModule(text: string): void {
  download('module.yaml', new Blob([text], { type: 'application/yaml' }));
}

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The project's own files. */
export function downloadZip(): Promise<void> {
  return downloadFiles(useDocument.getState().project.files);
}

/** As a ZIP by the project's name. */
export async function downloadFiles(files: Project['files']): Promise<void> {
  const { name } = useDocument.getState();
  const { zipFiles } = await import('../../export/zip-files.ts');
  download(`${name}.zip`, new Blob([new Uint8Array(zipFiles(files))], { type: 'application/zip' }));
}

function download(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser reads the blob after the click returns.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
