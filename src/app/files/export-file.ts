/** What leaves the Studio: module.yaml as it is, or the whole project as a ZIP. */
import { useDocument } from '../../state/document-controller.ts';
import { encodeUtf8 } from '../../base/text-encoding.ts';
import { MODULE_YAML, textFile } from '../../model/project.ts';

export function downloadModule(): void {
  const text = textFile(useDocument.getState().project, MODULE_YAML) ?? '';
  download('module.yaml', new Blob([text], { type: 'application/yaml' }));
}

export async function copyModule(): Promise<boolean> {
  const text = textFile(useDocument.getState().project, MODULE_YAML) ?? '';
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Works from memory, so it also rescues a project whose storage failed. */
export async function downloadZip(): Promise<void> {
  const { name, project } = useDocument.getState();
  const { zipSync } = await import('fflate');
  const entries = Object.fromEntries(
    [...project.files].map(([path, content]) => [path, typeof content === 'string' ? encodeUtf8(content) : content]),
  );
  const bytes = zipSync(entries, { level: 6 });
  download(`${name}.zip`, new Blob([new Uint8Array(bytes)], { type: 'application/zip' }));
}

function download(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser reads the blob after the click returns.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
