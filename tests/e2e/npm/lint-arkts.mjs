// Tells whether ArkTS files are accepted by the front end of a HarmonyOS build: OpenHarmony's
// TypeScript with its ArkTS linter. No SDK is needed.
//
//   node lint-arkts.mjs FOLDER
//
// Prints a line for each finding in the .ets files below FOLDER, warnings included. Files may import
// the packages of ohpm that lie there by their names. Exit status: 0 no finding, 1 findings, 3 the
// checker does not work.

import path from 'node:path';
import ts from 'ohos-typescript';
import { filesBelow, packagePaths } from './packages.mjs';

// The linter goes easy on files below folders with certain names, such as `build`. The compiler
// is shown the files under a root of their own, so that no folder above them counts.
const ROOT = '/checked';
const folder = path.resolve(process.argv[2]);
const realPath = (name) =>
  name === ROOT || name.startsWith(`${ROOT}/`) ? path.join(folder, name.slice(ROOT.length)) : name;

// One mistake for each of the passes below. Where one is not found, a pass has done nothing.
const CANARY = `${ROOT}/canary.ets`;
const CANARY_TEXT = `
export const compilerError: number = 'text';
export const linterError = { code: 1 };
export function strictError(parameter) { return 1; }
`;
const CANARY_LINES = { compiler: 2, linter: 3, strict: 4 };

// What turns the compiler into one for ArkTS. It reads all of these without looking whether
// they are there; interface components play no part in files of constants.
const ets = {
  render: { method: [], decorator: [] },
  components: [],
  libs: [],
  extend: { decorator: [], components: [] },
  styles: { decorator: 'Styles', component: { name: '', type: '', instance: '' }, property: '' },
  concurrent: { decorator: 'Concurrent' },
  customComponent: 'CustomComponent',
  propertyDecorators: [],
  emitDecorators: [],
  syntaxComponents: { paramsUICallback: [], attrUICallback: [] },
};

// The settings of a HarmonyOS build that do not depend on an SDK. The build is not strict; its
// linter is, in its own way.
const buildOptions = {
  ets,
  target: ts.ScriptTarget.ES2021,
  lib: ['lib.es2021.d.ts'],
  module: ts.ModuleKind.ES2020,
  moduleResolution: ts.ModuleResolutionKind.NodeJs,
  types: [],
  alwaysStrict: true,
  noImplicitAny: false,
  skipLibCheck: true,
  noEmit: true,
  incremental: true,
  needDoArkTsLinter: true,
  isCompatibleVersion: false,
  packageManagerType: 'ohpm',
  // Where ohpm would have put a package, the linter would go easy on it.
  baseUrl: ROOT,
  paths: packagePaths(folder),
};

const files = filesBelow(folder, '.ets').map((name) => `${ROOT}/${name}`);

function host(options) {
  const readFile = (name) => (name === CANARY ? CANARY_TEXT : ts.sys.readFile(realPath(name)));
  const fileExists = (name) => name === CANARY || ts.sys.fileExists(realPath(name));
  const directoryExists = (name) => ts.sys.directoryExists(realPath(name));
  return {
    readFile,
    fileExists,
    directoryExists,
    getSourceFile(name, version) {
      const text = readFile(name);
      if (text === undefined) return undefined;
      const file = ts.createSourceFile(name, text, version, false, undefined, options);
      file.version = ts.sys.createHash(text);
      return file;
    },
    getCurrentDirectory: () => ROOT,
    getDefaultLibFileName: (of) => ts.getDefaultLibFilePath(of),
    getDefaultLibLocation: () => path.dirname(ts.getDefaultLibFilePath(options)),
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getDirectories: () => [],
    getNewLine: () => '\n',
    createHash: (text) => ts.sys.createHash(text),
    writeFile: () => {},
  };
}

/** The findings of all passes: the build's compiler, its linter, and a strict compiler. */
function findings() {
  const rootNames = [...files, CANARY];
  const builder = ts.createIncrementalProgramForArkTs({
    rootNames,
    options: buildOptions,
    host: host(buildOptions),
  });
  const strictOptions = { ...buildOptions, strict: true, noImplicitAny: true, needDoArkTsLinter: false, incremental: false };
  const strict = ts.createProgram({ rootNames, options: strictOptions, host: host(strictOptions) });
  return [
    ['compiler', [...builder.getSyntacticDiagnostics(), ...builder.getSemanticDiagnostics()]],
    ['linter', ts.ArkTSLinter_1_1.runArkTSLinter(builder, undefined, undefined, 'ArkTS_1_1')],
    ['strict', [...strict.getSyntacticDiagnostics(), ...strict.getSemanticDiagnostics()]],
  ].flatMap(([pass, diagnostics]) => diagnostics.map((diagnostic) => describe(pass, diagnostic)));
}

function describe(pass, { file, start, code, messageText }) {
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return {
    pass,
    file: file.fileName,
    line: line + 1,
    text: `${file.fileName.slice(ROOT.length + 1)}:${line + 1}:${character + 1} ${pass} ${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
  };
}

if (files.length === 0) {
  console.error(`there are no .ets files in ${folder}`);
  process.exit(3);
}
const found = findings();
for (const [pass, line] of Object.entries(CANARY_LINES)) {
  if (!found.some((finding) => finding.file === CANARY && finding.pass === pass && finding.line === line)) {
    console.error(`the ${pass} pass has not found the mistake in line ${line} of the canary`);
    process.exit(3);
  }
}
const real = found.filter((finding) => finding.file !== CANARY);
for (const finding of real) {
  console.log(finding.text);
}
process.exit(real.length === 0 ? 0 : 1);
