/** Anthropic's and Google's own SDKs against upstreams of every dialect. */
import { describeMatrix } from '../testing/sdk-cells/describe-matrix.ts';
import { anthropicClient } from '../testing/sdk-clients/anthropic.ts';
import { googleGenaiClient } from '../testing/sdk-clients/google-genai.ts';

describeMatrix([anthropicClient, googleGenaiClient]);
