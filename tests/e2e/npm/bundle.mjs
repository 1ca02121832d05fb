// Bundles a TypeScript or ArkTS file with everything it needs of what it imports, and prints
// the program.
//
//   node bundle.mjs FILE

import { build } from 'esbuild';

const { outputFiles } = await build({
  entryPoints: [process.argv[2]],
  bundle: true,
  write: false,
  format: 'esm',
  charset: 'utf8',
  minifyWhitespace: true, // Comments go too: what stays is what the program carries.
  loader: { '.ets': 'ts' },
  resolveExtensions: ['.ets', '.ts'],
});
process.stdout.write(outputFiles[0].text);
