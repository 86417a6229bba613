/** OpenAI's own SDK, chat and Responses, against upstreams of every dialect. */
import { describeMatrix } from '../testing/sdk-cells/describe-matrix.ts';
import { openaiChatClient } from '../testing/sdk-clients/openai-chat.ts';
import { openaiResponsesClient } from '../testing/sdk-clients/openai-responses.ts';

describeMatrix([openaiChatClient, openaiResponsesClient]);
