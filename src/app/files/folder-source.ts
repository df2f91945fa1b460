/** A folder of the user's disk, in the three ways in which browsers hand one over. */

export interface FolderFile {
  /** Within the folder. */
  readonly path: string;
  readonly open: () => Promise<File>;
}

export interface FolderSource {
  readonly name: string;
  /** The text of the file of this name at the folder's top; null when there is none. */
  readonly topText: (name: string) => Promise<string | null>;
  /** Every file, but for what is left out; a folder, whose path ends with a slash, is then not entered. */
  readonly files: (leavesOut: (path: string) => boolean) => AsyncIterable<FolderFile>;
}

type Child =
  | { readonly type: 'file'; readonly name: string; readonly open: () => Promise<File> }
  | { readonly type: 'folder'; readonly name: string; readonly children: () => AsyncIterable<Child> };

/** From the browser's folder picker (File System Access). */
export function sourceOfHandle(folder: FileSystemDirectoryHandle): FolderSource {
  return sourceOfTree(folder.name, () => childrenOfHandle(folder));
}

/** From a drop. */
export function sourceOfEntry(folder: FileSystemDirectoryEntry): FolderSource {
  return sourceOfTree(folder.name, () => childrenOfEntry(folder));
}

function sourceOfTree(folder: string, children: () => AsyncIterable<Child>): FolderSource {
  return {
    name: folder,
    async topText(name) {
      for await (const child of children()) {
        if (child.type === 'file' && child.name === name) {
          return (await child.open()).text();
        }
      }
      return null;
    },
    files: (leavesOut) => filesIn(children(), '', leavesOut),
  };
}

async function* filesIn(
  children: AsyncIterable<Child>,
  prefix: string,
  leavesOut: (path: string) => boolean,
): AsyncGenerator<FolderFile, void, void> {
  for await (const child of children) {
    const path = child.type === 'folder' ? `${prefix}${child.name}/` : `${prefix}${child.name}`;
    if (leavesOut(path)) {
      continue;
    }
    if (child.type === 'folder') {
      yield* filesIn(child.children(), path, leavesOut);
    } else {
      yield { path, open: child.open };
    }
  }
}

async function* childrenOfHandle(folder: FileSystemDirectoryHandle): AsyncGenerator<Child, void, void> {
  for await (const child of folder.values()) {
    yield child.kind === 'file'
      ? { type: 'file', name: child.name, open: () => child.getFile() }
      : { type: 'folder', name: child.name, children: () => childrenOfHandle(child) };
  }
}

/** A reader gives at most a hundred entries at a time, and none when it is done. */
async function* childrenOfEntry(folder: FileSystemDirectoryEntry): AsyncGenerator<Child, void, void> {
  const reader = folder.createReader();
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) {
      return;
    }
    for (const child of some) {
      if (isDirectoryEntry(child)) {
        yield { type: 'folder', name: child.name, children: () => childrenOfEntry(child) };
      } else if (isFileEntry(child)) {
        yield { type: 'file', name: child.name, open: () => new Promise((resolve, reject) => child.file(resolve, reject)) };
      }
    }
  }
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

export function isDirectoryEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** From `<input webkitdirectory>`, whose list has every file already, each with the folder's name before its path. */
export function sourceOfList(list: readonly File[]): FolderSource {
  const files = list.map((file) => ({ path: file.webkitRelativePath.slice(file.webkitRelativePath.indexOf('/') + 1), file }));
  return {
    name: list[0]?.webkitRelativePath.split('/')[0] ?? 'project',
    topText: async (name) => files.find(({ path }) => path === name)?.file.text() ?? null,
    async *files(leavesOut) {
      for (const { path, file } of files) {
        const parts = path.split('/');
        const within = parts.slice(0, -1).some((_part, index) => leavesOut(`${parts.slice(0, index + 1).join('/')}/`));
        if (!within && !leavesOut(path)) {
          yield { path, open: async () => file };
        }
      }
    },
  };
}
