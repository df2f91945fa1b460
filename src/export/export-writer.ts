/** The files that an export adds, and the names they get: no file of the user's is replaced (X2). */
import type { FilePath } from '../base/ids.ts';
import { filePath } from '../base/ids.ts';
import { isGeneratedFile } from '../model/generated-files.ts';
import type { Project } from '../model/project.ts';

export interface PutAside {
  readonly path: FilePath;
  readonly insteadOf: FilePath;
}

export class ExportWriter {
  readonly written = new Map<FilePath, string>();
  /** Generated files that got another name, since the project has a file of theirs. */
  readonly aside: PutAside[] = [];
  readonly #project: Project;

  constructor(project: Project) {
    this.#project = project;
  }

  /** Whatever is there: for files that are the export's, or that keep what they have. */
  set(path: string, text: string): void {
    this.written.set(filePath(path), text);
  }

  /** Under its own name, or under another where the project has a file of that name. */
  write(path: string, text: string): FilePath {
    const own = filePath(path);
    const place = this.#freeName(own);
    if (place !== own) {
      this.aside.push({ path: place, insteadOf: own });
    }
    this.written.set(place, text);
    return place;
  }

  writeUnlessThere(path: string, text: string): void {
    if (!this.isOwn(path)) {
      this.set(path, text);
    }
  }

  /** Whether the project has a file of that name that no export wrote. */
  isOwn(path: string): boolean {
    return this.#project.files.has(filePath(path)) && !isGeneratedFile(this.#project, filePath(path));
  }

  #freeName(path: FilePath): FilePath {
    if (!this.isOwn(path)) {
      return path;
    }
    const slash = path.lastIndexOf('/') + 1;
    const dot = path.lastIndexOf('.');
    const other = dot <= slash ? `${path}.statefun` : `${path.slice(0, dot)}.statefun${path.slice(dot)}`;
    return this.#freeName(filePath(other));
  }
}
