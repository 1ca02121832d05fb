// Prints the .json5 files below a folder as one object of JSON, by their paths.
//
//   node read-json5.mjs FOLDER

import fs from 'node:fs';
import path from 'node:path';
import JSON5 from 'json5';
import { filesBelow } from './packages.mjs';

const folder = process.argv[2];
const read = (file) => [file, JSON5.parse(fs.readFileSync(path.join(folder, file), 'utf8'))];
console.log(JSON.stringify(Object.fromEntries(filesBelow(folder, '.json5').map(read))));
