// Prints what an editor shows when the mouse rests on a name: what it is, its documentation and
// its tags, and whether the name is struck out, since it is deprecated. The language service is that of the ArkTS compiler, which knows TypeScript as well.
//
//   node hover.mjs FILE WHAT
//
// WHAT is a piece of the file's text that ends in the name.

import fs from 'node:fs';
import path from 'node:path';
import ts from 'ohos-typescript';
import { packagePaths } from './packages.mjs';

const [file, what] = process.argv.slice(2);
const folder = path.dirname(path.resolve(file));
const name = path.resolve(file);
const text = fs.readFileSync(name, 'utf8');
const isArkTs = name.endsWith('.ets');

const options = {
  target: ts.ScriptTarget.ES2021,
  module: isArkTs ? ts.ModuleKind.ES2020 : ts.ModuleKind.NodeNext,
  moduleResolution: isArkTs ? ts.ModuleResolutionKind.NodeJs : ts.ModuleResolutionKind.NodeNext,
  types: [],
  baseUrl: folder,
  paths: isArkTs ? packagePaths(folder) : {},
};
// What turns the compiler into one for ArkTS; see lint-arkts.mjs.
if (isArkTs) {
  options.ets = {
    render: { method: [], decorator: [] },
    components: [],
    libs: [],
    extend: { decorator: [], components: [] },
    styles: { decorator: 'Styles', component: { name: '', type: '', instance: '' }, property: '' },
    syntaxComponents: { paramsUICallback: [], attrUICallback: [] },
  };
}

const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [name],
  getScriptVersion: () => '1',
  getScriptSnapshot: (of) => (ts.sys.fileExists(of) ? ts.ScriptSnapshot.fromString(ts.sys.readFile(of)) : undefined),
  getCurrentDirectory: () => folder,
  getDefaultLibFileName: (of) => ts.getDefaultLibFilePath(of),
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
  realpath: ts.sys.realpath,
});

const end = text.includes(what) ? text.indexOf(what) + what.length : undefined;
const info = end === undefined ? undefined : service.getQuickInfoAtPosition(name, end - 1);
if (info === undefined) {
  console.error(`nothing is shown at \`${what}\` in ${file}`);
  process.exit(1);
}
console.log(ts.displayPartsToString(info.displayParts));
console.log(ts.displayPartsToString(info.documentation));
for (const tag of info.tags ?? []) {
  console.log(`@${tag.name} ${ts.displayPartsToString(tag.text)}`);
}
const isStruckOut = service
  .getSuggestionDiagnostics(name)
  .some(({ reportsDeprecated, start, length }) => reportsDeprecated && start + length === end);
if (isStruckOut) {
  console.log('struck out');
}
