/** What kind of file it is, alike in the tree and on the tabs. */
import { FileCode, FileText, Globe } from 'lucide-react';

export function FileIcon({ path, className = '' }: { readonly path: string; readonly className?: string | undefined }) {
  const Icon = path.startsWith('stubs/') ? Globe : /\.[cm]?[tj]s$/.test(path) ? FileCode : FileText;
  return <Icon aria-hidden="true" className={className} />;
}
