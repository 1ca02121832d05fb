// What a TypeScript application does with the constants.

import { CoreVisionErrorCode, coreVisionErrorCodeInfo, isCoreVisionErrorCode } from './typescript/index.js';
import { allCoreVisionErrorCodes } from './typescript/index.js';
import { codeOf, coreVisionErrorCodeFromCode, hasCoreVisionErrorCode } from './typescript/index.js';
import type { ErrorCodeInfo } from './typescript/index.js';

export function onFailure(code: number): string {
  if (!isCoreVisionErrorCode(code)) {
    return 'unknown';
  }
  // The compiler knows all that a code can be here.
  const known: CoreVisionErrorCode = code;
  switch (known) {
    case CoreVisionErrorCode.RUN_TIMED_OUT:
      return 'later';
    default:
      return coreVisionErrorCodeInfo(known)?.message ?? 'unknown';
  }
}

export function caught(error: unknown): string {
  if (hasCoreVisionErrorCode(error)) {
    const known: CoreVisionErrorCode = error.code;
    return `known ${known}`;
  }
  return `unknown ${codeOf(error)}`;
}

const timedOut: 200 = CoreVisionErrorCode.RUN_TIMED_OUT;
const unknown: ErrorCodeInfo | undefined = coreVisionErrorCodeInfo(-5);
const fromCode: CoreVisionErrorCode | undefined = coreVisionErrorCodeFromCode(401);

export const results = [
  onFailure(timedOut),
  onFailure(1001400001),
  onFailure(7),
  unknown === undefined,
  allCoreVisionErrorCodes().length,
  fromCode,
  coreVisionErrorCodeFromCode(7) === undefined,
  caught(Object.assign(new Error('failed'), { code: 200 })),
  caught({ code: 7 }),
  caught({ code: 'ENOENT' }),
  caught({ code: 0.5 }),
  caught(undefined),
  caught(null),
  caught('text'),
];
