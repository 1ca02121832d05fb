// What a TypeScript application does with the constants.

import { CoreVisionErrorCode, coreVisionErrorCodeInfo, isCoreVisionErrorCode } from './typescript/index.js';
import { allCoreVisionErrorCodes } from './typescript/index.js';
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

const timedOut: 200 = CoreVisionErrorCode.RUN_TIMED_OUT;
const unknown: ErrorCodeInfo | undefined = coreVisionErrorCodeInfo(-5);

export const results = [
  onFailure(timedOut),
  onFailure(1001400001),
  onFailure(7),
  unknown === undefined,
  allCoreVisionErrorCodes().length,
];
