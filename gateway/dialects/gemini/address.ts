/** Names of models and the addresses made of them. */

const PREFIX = 'models/';

/** `models/x` and `x` are the same model. */
export const bareModel = (model: string): string =>
  model.startsWith(PREFIX) ? model.slice(PREFIX.length) : model;

/**
 * The official SDK takes the address without a version; one that has a version segment already, also further in
 * front as Vertex has it (`/v1/projects/...`), is left alone.
 */
function versioned(baseUrl: string): string {
  const [, path = ''] = /^[a-z]+:\/\/[^/?#]*([^?#]*)/i.exec(baseUrl) ?? [];
  return /\/v\d[a-z0-9]*(?:\/|$)/.test(path) ? baseUrl : `${baseUrl}/v1beta`;
}

/** A slash in a model's name is part of it, so that no name leads to another address. */
export function modelUrl(baseUrl: string, model: string, method: string): string {
  return `${versioned(baseUrl)}/${PREFIX}${encodeURIComponent(bareModel(model))}:${method}`;
}

export function chatUrl(baseUrl: string, model: string, streamed: boolean): string {
  return modelUrl(baseUrl, model, streamed ? 'streamGenerateContent?alt=sse' : 'generateContent');
}

/** 1,000 is the largest page there is; Google has about 50 models. */
export const modelsUrl = (baseUrl: string): string => `${versioned(baseUrl)}/models?pageSize=1000`;
