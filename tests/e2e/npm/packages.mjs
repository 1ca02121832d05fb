// The packages of ohpm below a folder, as their `oh-package.json5` says: the name by which files
// import one, and its entry.

import fs from 'node:fs';
import path from 'node:path';
import JSON5 from 'json5';

/** The files below a folder whose names end so, with forward slashes. */
export function filesBelow(folder, ending) {
  return fs
    .readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => name.split(path.sep).join('/'));
}

/** Paths of TypeScript that lead from the names of packages to their entries. */
export function packagePaths(folder) {
  const entries = filesBelow(folder, 'oh-package.json5').map((file) => {
    const { name, main } = JSON5.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
    return [name, [path.posix.join(path.posix.dirname(file), main)]];
  });
  return Object.fromEntries(entries);
}
