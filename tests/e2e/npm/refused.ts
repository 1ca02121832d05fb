// Each line breaks a promise of the generated types.

import { CoreVisionErrorCode, allCoreVisionErrorCodes, coreVisionErrorCodeInfo } from './typescript/index.js';

export const wrongCode: CoreVisionErrorCode = 7;
export const maybeMissing: string = coreVisionErrorCodeInfo(7).message;
allCoreVisionErrorCodes()[0]!.causes.push('more');
