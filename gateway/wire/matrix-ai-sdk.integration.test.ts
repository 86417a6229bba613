/** `ai` with each of its providers against upstreams of every dialect. */
import { describeMatrix } from '../testing/sdk-cells/describe-matrix.ts';
import {
  aiAnthropic,
  aiCompatible,
  aiGoogle,
  aiOpenaiChat,
  aiOpenaiResponses,
} from '../testing/sdk-clients/ai-sdk.ts';

describeMatrix([aiOpenaiChat, aiOpenaiResponses, aiAnthropic, aiGoogle, aiCompatible]);
