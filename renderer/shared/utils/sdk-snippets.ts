/** How a program asks the gateway with each SDK. Pure. */

export const SDK_SNIPPETS = [
  'openai-python',
  'openai-typescript',
  'anthropic-python',
  'anthropic-typescript',
  'genai-python',
  'genai-typescript',
  'langchain-python',
  'langchain-typescript',
  'vercel-typescript',
] as const;
export type SdkSnippet = (typeof SDK_SNIPPETS)[number];

interface Facts {
  /** Base address of the gateway, without `/v1`. */
  readonly address: string;
  readonly model: string;
  readonly key: string;
}

/** A text in double quotes, which Python and TypeScript read alike; names of models come from providers. */
const quoted = (text: string): string => JSON.stringify(text);

export function sdkSnippet(name: SdkSnippet, facts: Facts): string {
  const model = quoted(facts.model);
  const key = quoted(facts.key);
  const address = quoted(facts.address);
  const openAi = quoted(`${facts.address}/v1`);
  switch (name) {
    case 'openai-python':
      return `from openai import OpenAI

client = OpenAI(base_url=${openAi}, api_key=${key})
answer = client.chat.completions.create(
    model=${model},
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.choices[0].message.content)`;
    case 'openai-typescript':
      return `import OpenAI from "openai";

const client = new OpenAI({ baseURL: ${openAi}, apiKey: ${key} });
const answer = await client.chat.completions.create({
  model: ${model},
  messages: [{ role: "user", content: "Hello" }],
});
console.log(answer.choices[0]?.message.content);`;
    case 'anthropic-python':
      return `from anthropic import Anthropic

client = Anthropic(base_url=${address}, api_key=${key})
answer = client.messages.create(
    model=${model},
    max_tokens=1024,
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.content[0].text)`;
    case 'anthropic-typescript':
      return `import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({ baseURL: ${address}, apiKey: ${key} });
const answer = await client.messages.create({
  model: ${model},
  max_tokens: 1024,
  messages: [{ role: "user", content: "Hello" }],
});
console.log(answer.content);`;
    case 'genai-python':
      return `from google import genai

client = genai.Client(api_key=${key}, http_options={"base_url": ${address}})
answer = client.models.generate_content(model=${model}, contents="Hello")
print(answer.text)`;
    case 'genai-typescript':
      return `import { GoogleGenAI } from "@google/genai";

const client = new GoogleGenAI({ apiKey: ${key}, httpOptions: { baseUrl: ${address} } });
const answer = await client.models.generateContent({ model: ${model}, contents: "Hello" });
console.log(answer.text);`;
    case 'langchain-python':
      return `from langchain_openai import ChatOpenAI

model = ChatOpenAI(model=${model}, base_url=${openAi}, api_key=${key})
print(model.invoke("Hello").content)`;
    case 'langchain-typescript':
      return `import { ChatOpenAI } from "@langchain/openai";

const model = new ChatOpenAI({
  model: ${model},
  apiKey: ${key},
  configuration: { baseURL: ${openAi} },
});
console.log((await model.invoke("Hello")).content);`;
    case 'vercel-typescript':
      return `import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText } from "ai";

const switchyard = createOpenAICompatible({
  name: "switchyard",
  baseURL: ${openAi},
  apiKey: ${key},
});
const { text } = await generateText({ model: switchyard(${model}), prompt: "Hello" });
console.log(text);`;
  }
}
